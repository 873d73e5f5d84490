import { beforeEach, describe, expect, it } from "vitest";
import type { GraphStore, StoreTrial } from "../../../src/engine/index";
import { silentLogger } from "../../../src/engine/index";
import type { Door, HeldEngine } from "../../../src/panel/session/engineLife";
import { Session } from "../../../src/panel/session/session";
import type { SessionParts } from "../../../src/panel/session/session";
import { writeField } from "../../../src/settings/fields";
import { defaultSettings } from "../../../src/settings/schema";
import type { StoreSettings } from "../../../src/panel/session/storeUse";
import type { Neo4jSettings, Settings } from "../../../src/settings/schema";
import { FakeEngine } from "../../fakes/fakeEngine";
import { ManualClock } from "../../fakes/manualClock";

const base = defaultSettings("11111111-2222-4333-8444-555555555555");
const neo4jOn: Settings = { ...base, neo4j: { ...base.neo4j, enabled: true, passwordSecretId: "neo4j-local" } };

let clock: ManualClock;
let engine: FakeEngine;
let saved: Settings[];
let opened: string[];
let levels: string[];
let vaults: string[];
let passwords: Map<string, string>;
let trial: StoreTrial;

beforeEach(() => {
  clock = new ManualClock();
  engine = new FakeEngine();
  saved = [];
  opened = [];
  levels = [];
  vaults = [];
  passwords = new Map([["neo4j-local", "secret"]]);
  trial = { kind: "connected", server: "Neo4j/5.26.30", latencyMs: 4 };
});

const held = (one: FakeEngine): HeldEngine => ({ engine: one, release: async () => undefined });

function session(settings: Settings = base, overrides: Partial<SessionParts> = {}): Session {
  return new Session({
    clock,
    logger: silentLogger,
    settings,
    openEngine: async () => held(engine),
    openStore: (vault: string, { neo4j, privacy }: StoreSettings, password: string) => {
      levels.push(privacy.level);
      vaults.push(vault);
      opened.push(`${neo4j.uri} ${password}`);
      return {} as GraphStore;
    },
    tryStore: async () => trial,
    password: (id) => passwords.get(id) ?? null,
    saveSettings: async (next) => void saved.push(next),
    ...overrides,
  });
}

async function started(settings: Settings = base): Promise<Session> {
  const made = session(settings);
  await made.start();
  return made;
}

const intake = (from: Session): string => from.look().intake.kind;

describe("the first index", () => {
  it("is asked for before anything is read", async () => {
    const made = await started();
    expect(made.look().intake).toEqual({ kind: "asking", size: engine.size });
    made.intake.pass((one) => one.canvasChanged("a.canvas"));
    expect(engine.calls).toEqual([]);
  });

  it("is counted anew when the folders change, and not begun, not even where nothing is left to read", async () => {
    const made = await started();
    for (const canvases of [1, 0]) {
      engine.size = { canvases, notes: 0, bytes: 0 };
      await made.update({ ...made.currentSettings, capture: { ...base.capture, foldersOut: [`Old ${canvases}`] } });
      await clock.advance(1000);
      expect(made.look().intake).toEqual({ kind: "asking", size: engine.size });
    }
    expect(engine.calls).toEqual([]);
  });

  it("is not asked for again by a count that comes after the answer", async () => {
    const made = await started();
    let planned = (): void => undefined;
    engine.planScan = () => new Promise((resolve) => (planned = () => resolve({ canvases: 1, notes: 0, bytes: 0 })));
    await made.update({ ...made.currentSettings, capture: { ...base.capture, foldersOut: ["Old"] } });
    await clock.advance(1000);
    await made.intake.start();
    planned();
    await clock.flush();
    expect(intake(made)).toBe("capturing");
  });

  it("starts on a yes, which is kept, and changes are passed on from then", async () => {
    const made = await started();
    await made.intake.start();
    made.intake.pass((one) => one.canvasChanged("a.canvas"));
    expect(engine.calls).toEqual(["scan", "canvasChanged a.canvas"]);
    expect(saved.map((settings) => settings.indexConsent)).toEqual(["granted"]);
  });

  it("does not start after a no, nor at the next start, until it is wanted", async () => {
    await (await started()).intake.decline();
    const [declined = base] = saved;
    const next = await started(declined);
    expect(intake(next)).toBe("declined");
    next.intake.pass((one) => one.noteChanged("a.md"));
    expect(await next.syncNow()).toBeNull();
    expect(engine.calls).not.toContain("scan");
    await next.intake.start();
    expect(engine.calls).toContain("scan");
  });

  it("is not asked for in a vault without canvases, nor on a device that has one", async () => {
    engine.size = { canvases: 0, notes: 50, bytes: 0 };
    expect(intake(await started())).toBe("capturing");
    engine = new FakeEngine();
    engine.firstIndex = false;
    expect(intake(await started({ ...base, indexConsent: "declined" }))).toBe("capturing");
    expect(engine.calls).toEqual(["scan"]);
  });

  it("counts as declined when it is stopped; a later scan does not", async () => {
    const made = await started({ ...base, indexConsent: "granted" });
    await made.intake.stop();
    expect(intake(made)).toBe("capturing");
    engine.firstIndex = true;
    await made.intake.stop();
    expect(intake(made)).toBe("declined");
    expect(saved.at(-1)?.indexConsent).toBe("declined");
  });

  it("is asked for again after the settings were lost, also on a device that has its index", async () => {
    engine.firstIndex = false;
    const made = await started({ ...base, indexConsent: "unknown" });
    expect(intake(made)).toBe("asking-again");
    made.intake.pass((one) => one.canvasChanged("a.canvas"));
    expect(await made.syncNow()).toBeNull();
    expect(engine.calls).toEqual([]);
    await made.intake.start();
    expect(engine.calls).toEqual(["scan"]);
    expect(saved.map((settings) => settings.indexConsent)).toEqual(["granted"]);
  });

  it("is asked for again when another device has lost the settings, and goes on when they are back", async () => {
    const granted: Settings = { ...base, indexConsent: "granted" };
    const made = await started(granted);
    made.adopt({ ...base, indexConsent: "unknown" });
    expect(intake(made)).toBe("asking-again");
    made.adopt(granted);
    await clock.flush();
    expect(intake(made)).toBe("capturing");
    expect(engine.calls).toEqual(["scan", "scan"]);
  });

  it("starts when another device has granted it", async () => {
    const made = await started();
    made.adopt({ ...base, indexConsent: "granted" });
    await clock.flush();
    expect(engine.calls).toEqual(["scan"]);
    expect(saved).toEqual([]);
  });
});

describe("a look at the whole vault", () => {
  const look = (from: Session): unknown => {
    const { intake: state } = from.look();
    return state.kind === "capturing" ? state.look : state.kind;
  };

  it("is done or stopped when it is over, and pending before", async () => {
    const made = session({ ...base, indexConsent: "granted" });
    const starting = made.start();
    await clock.flush();
    await starting;
    expect(look(made)).toBe("done");
    engine.stopped = true;
    await made.syncNow();
    expect(look(made)).toBe("stopped");
    engine.stopped = false;
    await made.syncNow();
    expect(look(made)).toBe("done");
  });

  it("is pending while it is planned again because something failed", async () => {
    engine.full = true;
    const made = await started({ ...base, indexConsent: "granted" });
    expect(look(made)).toBe("pending");
    engine.full = false;
    await clock.advance(5000);
    expect(look(made)).toBe("done");
  });

  it("begins although the yes could not be kept", async () => {
    const made = session(base, { saveSettings: () => Promise.reject(new Error("no room")) });
    await made.start();
    await expect(made.intake.start()).rejects.toThrow("no room");
    expect(look(made)).toBe("done");
  });
});

describe("a full disk", () => {
  it("is followed by a new look at everything, again and again until it succeeds", async () => {
    const made = await started({ ...base, indexConsent: "granted" });
    engine.full = true;
    made.intake.pass((one) => one.canvasChanged("a.canvas"));
    await clock.advance(5000);
    await clock.advance(5000);
    engine.full = false;
    await clock.advance(5000);
    await clock.advance(60_000);
    expect(engine.calls).toEqual(["scan", "canvasChanged a.canvas", "scan", "scan", "scan"]);
    expect(clock.pending).toBe(0);
  });

  it("does not fail a flush that nobody waits for", async () => {
    const made = await started();
    engine.full = true;
    await expect(made.flush()).resolves.toBeUndefined();
  });
});

describe("the store", () => {
  it("is not touched while Neo4j is off", async () => {
    const made = await started();
    expect(opened).toEqual([]);
    expect(made.look().neo4j).toEqual({ kind: "off" });
  });

  it("is used with the password of this device", async () => {
    const made = await started(neo4jOn);
    expect(opened).toEqual(["bolt://localhost:7687 secret"]);
    expect(engine.calls).toContain("useStore");
    expect(made.look().neo4j).toEqual({ kind: "on" });
  });

  it.each<[string, Partial<Neo4jSettings>, RegExp]>([
    ["no name of a password", { passwordSecretId: "" }, /Choose or add the password/],
    ["a name without a password here", { passwordSecretId: "other" }, /no password under the name other/],
    ["a wrong address", { uri: "http://localhost:7474" }, /web page/],
  ])("is not tried with %s", async (_, neo4j, message) => {
    const made = await started({ ...neo4jOn, neo4j: { ...neo4jOn.neo4j, ...neo4j } });
    expect(made.look().neo4j).toMatchObject({ kind: "incomplete", message: expect.stringMatching(message) as string });
    expect(opened).toEqual([]);
    expect(await made.testConnection()).toMatchObject({ kind: "incomplete" });
  });

  it("is another one at once when what it may hold is another", async () => {
    const one = await started(neo4jOn);
    await one.update(writeField(one.currentSettings, "privacy.level", "ids", 5));
    await clock.flush();
    expect(levels).toEqual(["full", "ids"]);
    expect(one.currentSettings.privacy).toEqual({ level: "ids", since: 5 });
  });

  it("gets the vault that the engine was opened for, whatever the settings say by now", async () => {
    const made = await started(neo4jOn);
    const other = { ...neo4jOn, vault: "99999999-2222-4333-8444-555555555555", neo4j: { ...neo4jOn.neo4j, user: "x" } };
    made.adopt(other);
    await clock.advance(1000);
    expect(vaults).toEqual([engine.vault, engine.vault]);
  });

  it("changes once, when the last of several changes has settled", async () => {
    const made = await started(neo4jOn);
    for (const uri of ["bolt://a:7687", "bolt://ab:7687", "bolt://abc:7687"]) {
      await made.update({ ...made.currentSettings, neo4j: { ...made.currentSettings.neo4j, uri } });
      await clock.advance(700);
    }
    expect(opened).toEqual(["bolt://localhost:7687 secret"]);
    await clock.advance(100);
    expect(opened).toEqual(["bolt://localhost:7687 secret", "bolt://abc:7687 secret"]);
  });

  it("stays connected when a setting is changed and changed back", async () => {
    const made = await started(neo4jOn);
    await made.update({ ...neo4jOn, neo4j: { ...neo4jOn.neo4j, user: "x" } });
    await made.update(neo4jOn);
    await clock.advance(1000);
    expect(engine.calls.filter((call) => call.startsWith("useStore"))).toEqual(["useStore"]);
  });

  it("is let go when Neo4j is turned off", async () => {
    const made = await started(neo4jOn);
    await made.update(base);
    await clock.advance(1000);
    expect(engine.calls.at(-1)).toBe("useStore null");
  });

  it("takes a new password when the user tries again", async () => {
    const made = await started(neo4jOn);
    passwords.set("neo4j-local", "better");
    await made.tryAgain();
    expect(opened).toEqual(["bolt://localhost:7687 secret", "bolt://localhost:7687 better"]);
    expect(engine.calls.at(-1)).toBe("reconnect");
  });

  it("is tried again after it could not be put in use, and the panel says why it is not", async () => {
    engine.useStore = () => Promise.reject(new Error("no memory"));
    const made = await started(neo4jOn);
    await clock.flush();
    expect(made.look().neo4j).toEqual({ kind: "failed", message: "Neo4j could not be put in use: no memory" });
    const healthy = new FakeEngine();
    engine.useStore = (store) => healthy.useStore(store);
    await made.tryAgain();
    expect(healthy.calls).toEqual(["useStore"]);
    expect(made.look().neo4j).toEqual({ kind: "on" });
  });

  it("is not called failed for a change that another one has overtaken", async () => {
    let fail = (): void => undefined;
    const made = await started();
    engine.useStore = () => new Promise((_, reject) => (fail = () => reject(new Error("late"))));
    made.adopt(neo4jOn);
    const first = made.tryAgain();
    engine.useStore = async () => undefined;
    passwords.set("neo4j-local", "better");
    await made.tryAgain();
    fail();
    await expect(first).rejects.toThrow("late");
    expect(made.look().neo4j).toEqual({ kind: "on" });
  });

  it("is not waited for by a test when the plugin unloads", async () => {
    const made = session(base, {
      tryStore: (_neo4j, _password, signal) =>
        new Promise((resolve) => signal.onAbort(() => resolve({ kind: "failed", class: "unavailable", code: "STOPPED", message: "stopped" }))),
    });
    await made.start();
    made.adopt({ ...neo4jOn, neo4j: { ...neo4jOn.neo4j, enabled: false } });
    const tested = made.testConnection();
    await made.close(0);
    expect(await tested).toMatchObject({ code: "STOPPED" });
  });

  it("goes on sending after a good test, and only then", async () => {
    const made = await started(neo4jOn);
    trial = { kind: "failed", class: "auth", code: "x", message: "wrong password" };
    expect(await made.testConnection()).toEqual(trial);
    await clock.flush();
    expect(engine.calls).not.toContain("reconnect");
    trial = { kind: "connected", server: "Neo4j/5", latencyMs: 1 };
    await made.testConnection();
    await clock.flush();
    expect(engine.calls).toContain("reconnect");
  });

  it("is turned off with its data, so that nothing is sent again", async () => {
    const made = await started(neo4jOn);
    expect(await made.removeFromNeo4j()).toEqual({ kind: "removed", entities: 5 });
    expect(saved.at(-1)?.neo4j.enabled).toBe(false);
    expect(engine.store).toBeNull();
  });
});

describe("settings", () => {
  it("reach the engine at once", async () => {
    const made = await started();
    await made.update({ ...base, engine: { ...base.engine, concurrency: 3, batchSize: 50, lingerMs: 0 } });
    expect(engine.settings).toMatchObject({ concurrency: 3, batchSize: 50, lingerMs: 0, propertyNames: { due: "sr-due" } });
  });

  it("make the vault be read again when folders or properties change", async () => {
    const made = await started({ ...base, indexConsent: "granted" });
    const { capture } = made.currentSettings;
    await made.update({ ...made.currentSettings, capture: { ...capture, foldersOut: ["Old"] } });
    await made.update({ ...made.currentSettings, engine: { ...base.engine, lingerMs: 5 } });
    await clock.advance(1000);
    expect(engine.calls).toEqual(["scan", "scan"]);
  });
});

describe("waking up", () => {
  it("connects again and reads what other devices brought", async () => {
    const made = await started(neo4jOn);
    made.wake();
    expect(engine.calls.slice(-3)).toEqual(["wake", "reconnect", "readOtherDevices"]);
  });

  it("leaves Neo4j alone while it is off, and wakes the rest", async () => {
    const made = await started();
    made.wake();
    expect(engine.calls).toEqual(["wake", "readOtherDevices"]);
  });
});

describe("the view", () => {
  it("is one value until something changes", async () => {
    const made = await started();
    const first = made.look();
    expect(made.look()).toBe(first);
    let changes = 0;
    made.onChange(() => (changes += 1));
    engine.become({ events: 4 });
    expect(changes).toBe(1);
    expect(made.look().status?.events).toBe(4);
  });

  it("outlives a listener that throws: settings are kept, capture begins, and the others hear", async () => {
    const errors: string[] = [];
    const made = session({ ...base, indexConsent: "granted" }, { logger: { ...silentLogger, error: (message) => void errors.push(message) } });
    let heard = 0;
    made.onChange(() => {
      throw new Error("a broken view");
    });
    made.onChange(() => (heard += 1));
    await made.start();
    await made.update({ ...made.currentSettings, engine: { ...base.engine, lingerMs: 7 } });
    expect(saved.at(-1)?.engine.lingerMs).toBe(7);
    expect(engine.calls).toEqual(["scan"]);
    expect(heard).toBeGreaterThan(0);
    expect(errors).toContain("showing a change failed: a broken view");
    await made.close(0);
    const until = heard;
    engine.become({ events: 9 });
    expect(heard).toBe(until);
  });

  it("keeps the last batch of Neo4j, not of the local graph", async () => {
    const made = await started();
    engine.signal({ kind: "batch", store: "neo4j", events: 5, stored: 5, failed: 0, ms: 3 });
    engine.signal({ kind: "batch", store: "local", events: 9, stored: 9, failed: 0, ms: 1 });
    expect(made.look().lastBatch).toMatchObject({ events: 5, at: clock.now() });
  });
});

describe("the end", () => {
  it("stops the engine and leaves nothing planned", async () => {
    const made = await started(neo4jOn);
    await made.update({ ...neo4jOn, neo4j: { ...neo4jOn.neo4j, user: "x" }, capture: { ...base.capture, foldersOut: ["a"] } });
    await made.close(2000);
    expect(engine.calls.at(-1)).toBe("stop 2000");
    expect(clock.pending).toBe(0);
    made.intake.pass((one) => one.canvasChanged("a.canvas"));
    expect(engine.calls.at(-1)).toBe("stop 2000");
  });

  it("stops an engine that opens too late", async () => {
    let open = (): void => undefined;
    const made = session(base, { openEngine: () => new Promise((resolve) => (open = () => resolve(held(engine)))) });
    const starting = made.start();
    await clock.flush();
    const closed = made.close(2000);
    open();
    await closed;
    await starting;
    expect(engine.calls).toEqual(["stop 0"]);
    await expect(made.ready()).rejects.toThrow(/unloaded/);
  });

  it("is told to those who wait for an engine that cannot open", async () => {
    const made = session(base, { openEngine: () => Promise.reject(new Error("no room")) });
    await made.start();
    expect(made.look().intake).toEqual({ kind: "failed", message: "no room" });
    await expect(made.ready()).rejects.toThrow("no room");
  });
});

describe("a device whose data another window has", () => {
  it("waits, says so, and captures as soon as it is its turn", async () => {
    let door: Door | null = null;
    let open = (): void => undefined;
    const granted: Settings = { ...base, indexConsent: "granted" };
    const made = session(granted, {
      openEngine: (_, given) => {
        door = given;
        given.waiting(true);
        return new Promise((resolve) => (open = () => resolve(held(engine))));
      },
    });
    const starting = made.start();
    await clock.flush();
    expect(intake(made)).toBe("waiting");
    open();
    await starting;
    expect(intake(made)).toBe("capturing");

    engine = new FakeEngine();
    (door as Door | null)?.lost();
    await clock.flush();
    expect([made.current(), intake(made)]).toEqual([null, "waiting"]);
    open();
    await clock.flush();
    expect([made.current(), intake(made)]).toEqual([engine, "capturing"]);
    expect(engine.calls).toEqual(["scan"]);
  });
});

describe("removing this device's data", () => {
  const granted: Settings = { ...base, indexConsent: "granted" };

  it("stops, removes, and asks again as on a new device", async () => {
    const made = await started(granted);
    const old = engine;
    const order: string[] = [];
    engine = new FakeEngine();
    await made.startAnew(async () => void order.push(old.calls.at(-1) ?? ""));
    expect(order).toEqual(["stop 0"]);
    expect(intake(made)).toBe("asking");
    expect(saved.at(-1)?.indexConsent).toBe("unasked");
    expect(await made.ready()).toBe(engine);
  });

  it("goes on as before when it fails, and says so", async () => {
    const made = await started(granted);
    engine = new FakeEngine();
    await expect(made.startAnew(() => Promise.reject(new Error("EBUSY")))).rejects.toThrow("EBUSY");
    await clock.flush();
    expect(await made.ready()).toBe(engine);
    expect(intake(made)).toBe("capturing");
    expect(made.look().status).not.toBeNull();
    expect(saved).toEqual([]);
  });

  it("does not mix up the engine before with the one after", async () => {
    const first = engine;
    let planned = (): void => undefined;
    first.planScan = () => new Promise((resolve) => (planned = () => resolve({ canvases: 9, notes: 9, bytes: 9 })));
    const made = session();
    const starting = made.start();
    await clock.flush();
    engine = new FakeEngine();
    engine.size = { canvases: 0, notes: 0, bytes: 0 };
    await made.startAnew(async () => undefined);
    planned();
    await starting;
    expect(intake(made)).toBe("capturing");
  });
});
