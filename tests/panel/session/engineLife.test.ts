import { beforeEach, describe, expect, it } from "vitest";
import { EngineLife } from "../../../src/panel/session/engineLife";
import type { Door, HeldEngine } from "../../../src/panel/session/engineLife";
import { FakeEngine } from "../../fakes/fakeEngine";
import { ManualClock } from "../../fakes/manualClock";

/** An engine that opens when the test says so. */
interface Asked {
  readonly door: Door;
  readonly engine: FakeEngine;
  open(): void;
  fail(error: Error): void;
}

let clock: ManualClock;
let asked: Asked[];
let happened: string[];
let life: EngineLife;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  happened = [];
  life = new EngineLife({
    openEngine: (door) =>
      new Promise<HeldEngine>((resolve, reject) => {
        const engine = new FakeEngine();
        const release = async (): Promise<void> => void engine.calls.push("release");
        asked.push({ door, engine, open: () => resolve({ engine, release }), fail: reject });
      }),
    waiting: (is) => happened.push(`waiting ${String(is)}`),
    lost: () => happened.push("lost"),
    opened: () => happened.push("opened"),
    failed: ({ message }) => happened.push(`failed ${message}`),
    gone: () => happened.push("gone"),
    report: (what) => happened.push(what),
  });
});

/** Lets everything go on that can, and gives the engine that was asked for as this one. */
async function nth(number: number): Promise<Asked> {
  await clock.flush();
  const found = asked[number - 1];
  if (found === undefined) throw new Error(`engine ${number} was not asked for`);
  return found;
}

async function opened(): Promise<FakeEngine> {
  const opening = life.open();
  const first = await nth(1);
  first.open();
  await opening;
  return first.engine;
}

const live = (): number => asked.filter(({ engine }) => !engine.calls.some((call) => call.startsWith("stop"))).length;

describe("an engine that is to start anew while it still opens", () => {
  it("is stopped as soon as it is open, before anything is removed and another one opens", async () => {
    const opening = life.open();
    const first = await nth(1);
    let liveAtRemoval = -1;
    const anew = life.startAnew(async () => void (liveAtRemoval = live()));
    await clock.flush();
    expect([asked.length, liveAtRemoval]).toEqual([1, -1]);
    first.open();
    await opening;
    const second = await nth(2);
    expect(liveAtRemoval).toBe(0);
    second.open();
    await anew;
    expect([live(), life.current]).toEqual([1, second.engine]);
    expect(await life.ready()).toBe(second.engine);
  });

  it("is not given to those who wait since before", async () => {
    void life.open();
    const first = await nth(1);
    const waiting = expect(life.ready()).rejects.toThrow(/being removed/);
    const anew = life.startAnew(async () => undefined);
    first.open();
    (await nth(2)).open();
    await anew;
    await waiting;
  });

  it("leaves none behind when the plugin closes meanwhile", async () => {
    void life.open();
    const first = await nth(1);
    const anew = life.startAnew(async () => void happened.push("removed"));
    const closed = life.close(2000);
    first.open();
    await Promise.all([anew, closed]);
    expect([asked.length, live(), life.current]).toEqual([1, 0, null]);
    await expect(life.ready()).rejects.toThrow(/unloaded/);
  });
});

describe("an engine that starts anew", () => {
  it("is there again when the removal fails, and the failure is told", async () => {
    const old = await opened();
    const anew = life.startAnew(() => Promise.reject(new Error("EBUSY")));
    const told = expect(anew).rejects.toThrow("EBUSY");
    (await nth(2)).open();
    await told;
    expect(old.calls).toEqual(["stop 0", "release"]);
    expect(life.current).toBe(asked[1]?.engine);
    expect(await life.ready()).toBe(asked[1]?.engine);
  });

  it("goes on to the removal when the old one does not stop well", async () => {
    const old = await opened();
    old.stop = () => Promise.reject(new Error("no room"));
    const anew = life.startAnew(async () => void happened.push("removed"));
    (await nth(2)).open();
    await anew;
    expect(happened).toEqual(["opened", "gone", "the engine did not stop well", "removed", "opened"]);
  });

  it("can do so twice at once, one after the other", async () => {
    await opened();
    const both = Promise.all([life.startAnew(async () => undefined), life.startAnew(async () => undefined)]);
    (await nth(2)).open();
    (await nth(3)).open();
    await both;
    expect([asked.length, live()]).toEqual([3, 1]);
    expect(await life.ready()).toBe(asked[2]?.engine);
  });

  it("tells when it does not open again, and can be tried once more", async () => {
    await opened();
    const anew = life.startAnew(async () => undefined);
    const waiting = expect(life.ready()).rejects.toThrow("denied");
    (await nth(2)).fail(new Error("denied"));
    await anew;
    await waiting;
    expect([life.current, happened.at(-1)]).toEqual([null, "failed denied"]);
    const again = life.startAnew(async () => undefined);
    (await nth(3)).open();
    await again;
    expect(life.current).toBe(asked[2]?.engine);
  });
});

describe("an engine", () => {
  it("opens once, however often it is asked to", async () => {
    const engine = await opened();
    expect(await life.open()).toBe(engine);
    expect(asked).toHaveLength(1);
  });

  it("is gone at once when the plugin closes, and stopped by the time that is over", async () => {
    const engine = await opened();
    const closed = life.close(2000);
    expect([life.current, happened.at(-1)]).toEqual([null, "gone"]);
    await closed;
    expect(engine.calls).toEqual(["stop 2000", "release"]);
    expect(await life.open()).toBeNull();
    expect(asked).toHaveLength(1);
  });
});

describe("the folder of the device", () => {
  it("is let go after the engine is stopped, and not before what is done meanwhile is done", async () => {
    const engine = await opened();
    const anew = life.startAnew(async () => void engine.calls.push("removed"));
    (await nth(2)).open();
    await anew;
    expect(engine.calls).toEqual(["stop 0", "removed", "release"]);
    await life.close(2000);
    expect((await nth(2)).engine.calls).toEqual(["stop 2000", "release"]);
  });

  it("is let go also where the removal fails or the engine does not stop well", async () => {
    const engine = await opened();
    engine.stop = () => Promise.reject(new Error("no"));
    const anew = life.startAnew(() => Promise.reject(new Error("denied")));
    (await nth(2)).open();
    await expect(anew).rejects.toThrow("denied");
    expect(engine.calls).toEqual(["release"]);
    expect(happened).toContain("the engine did not stop well");
  });

  it("is waited for until nobody wants the engine any more", async () => {
    const opening = life.open();
    const first = await nth(1);
    const { door } = first;
    door.waiting(true);
    door.signal.onAbort(() => first.fail(new Error("given up")));
    await life.close(2000);
    expect(await opening).toBeNull();
    door.waiting(true);
    door.lost();
    expect(happened.filter((what) => what !== "gone")).toEqual(["waiting true"]);
  });

  it("is asked for again when somebody else took it", async () => {
    const engine = await opened();
    const { door } = await nth(1);
    door.lost();
    expect(happened).toContain("lost");
    const again = life.reopen();
    const waiting = life.ready();
    const second = await nth(2);
    expect([engine.calls, life.current]).toEqual([["stop 0", "release"], null]);
    second.open();
    await again;
    expect(await waiting).toBe(second.engine);
  });
});
