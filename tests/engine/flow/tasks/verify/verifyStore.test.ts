import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { createSignal } from "../../../../../src/engine/index";
import { verifyKind } from "../../../../../src/engine/flow/tasks/verifyKind";
import { TaskFailure } from "../../../../../src/engine/tasks/taskFailure";
import { hlc, nodeRow } from "../../../../contracts/graphRows";
import { ManualClock } from "../../../../fakes/manualClock";
import { MemoryDatabase, type Tables } from "../../../../fakes/memoryDatabase";
import { away, MemoryGraphStore } from "../../../../fakes/memoryGraphStore";
import { canvas, VAULT } from "../../engineWorld";
import { firstRun } from "../itemContext";
import { verifyWorld, type VerifyWorld } from "./verifyWorld";

const NONE = { missing: {}, older: {}, unlinked: {}, extra: {}, newer: {} };
const report = { scope: "store", repair: false };
const repair = { scope: "store", repair: true };

let world: VerifyWorld;
let database: MemoryDatabase;
let store: MemoryGraphStore;

beforeEach(() => open());

/** Two canvases, one of them with what was removed, a note, a concept; all of it sent. */
async function open(): Promise<void> {
  world = await verifyWorld({ clock: new ManualClock() });
  database = new MemoryDatabase();
  store = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
  world.files.canvas("a.canvas", canvas([{ id: "n1" }, { id: "n2", color: "4" }, { id: "n3" }], [["e1", "n1", "n2"]]), Date.UTC(2026, 0, 1));
  world.files.canvas("b.canvas", canvas([{ id: "n1" }], [["e1", "n1", "nowhere"]]), Date.UTC(2026, 0, 1));
  await world.capture("a.canvas");
  await world.capture("b.canvas");
  world.files.canvas("a.canvas", canvas([{ id: "n1", x: 40 }, { id: "n2" }], [["e1", "n2", "n1"]]), Date.UTC(2026, 0, 2));
  await world.capture("a.canvas");
  await world.record([
    { type: "score_submitted", note: "n.md", score: 50 },
    { type: "score_submitted", concept: "limits", score: 70 },
    { type: "custom:seen", note: "other.md" },
  ]);
  await world.use(store);
  await world.clock.advance(5_000);
}

const tables = (): Tables => database.tablesOf(VAULT);
const idOf = (path: string): string => world.graph.canvasByPath(path)?.id ?? "";

function take(table: ReadonlyMap<string, unknown>, key: string): void {
  if (!(table as Map<string, unknown>).delete(key)) throw new Error(`there is no ${key} to take away`);
}

async function clean(): Promise<void> {
  expect((await world.verify(report)).store).toMatchObject({ ...NONE, differences: 0, waiting: 0, pending: 0, lines: [] });
}

describe("a store that may hold less than the graph has", () => {
  it.each(["ids", "titles"] as const)("differs in nothing at %s, and what is missing is found and sent again", async (level) => {
    await world.use(new MemoryGraphStore({ vault: VAULT, database, clock: world.clock, privacy: { level, since: 5 } }));
    await world.clock.advance(5_000);
    expect([...tables().nodes.values()].every(({ text }) => text === null)).toBe(true);
    await clean();
    const [note] = tables().notes.keys();
    take(tables().notes, note ?? "");
    expect((await world.verify(repair)).store).toMatchObject({ ...NONE, missing: { note: 1 } });
    await world.clock.advance(5_000);
    await clean();
  });
});

describe("a store that has what it was sent", () => {
  it("differs in nothing, and says how much was compared", async () => {
    await clean();
    const { store: found } = await world.verify(report);
    const { canvases, concepts, edges, events, nodes, notes } = tables();
    expect(found).toMatchObject({ events: events.size, dead: 0, resent: 0 });
    expect(found?.rows).toBe(canvases.size + nodes.size + edges.size + notes.size + concepts.size);
  });

  it("is asked only and never written to", async () => {
    const sent = store.batches.length;
    await world.verify(report);
    await world.verify(repair);
    await world.clock.advance(5_000);
    expect(store.batches.length).toBe(sent);
  });

  it("is compared for one canvas alone", async () => {
    take(tables().nodes, `${idOf("a.canvas")}#n1`);
    take(tables().nodes, `${idOf("b.canvas")}#n1`);
    take(tables().notes, `${VAULT}/n.md`);
    const { store: found } = await world.verify({ ...repair, canvas: "b.canvas" });
    expect(found).toMatchObject({ ...NONE, missing: { node: 1 }, rows: 3 });
    await world.clock.advance(5_000);
    expect((await world.verify(report)).store).toMatchObject({ missing: { node: 1, note: 1 } });
  });
});

describe("what was damaged behind the plugin's back", () => {
  it("is named, row by row, and sent again when that is asked for", async () => {
    const before = database.snapshot(VAULT);
    const [a, b] = [idOf("a.canvas"), idOf("b.canvas")];
    const event = (await world.events()).find(({ type }) => type === "score_submitted");
    take(tables().nodes, `${a}#n3`);
    take(tables().edges, `${a}#e1`);
    take(tables().canvases, b);
    take(tables().notes, `${VAULT}/n.md`);
    take(tables().concepts, `${VAULT}/limits`);
    take(tables().events, event?.id ?? "");
    const n1 = tables().nodes.get(`${a}#n1`);
    if (n1 === undefined) throw new Error("no n1");
    tables().nodes.set(n1.uid, { ...n1, text: "old", hlc: n1.hlc.slice(0, -3) });

    const { store: found } = await world.verify(report);
    expect(found).toMatchObject({ ...NONE, differences: 7, missing: { canvas: 1, node: 1, edge: 1, note: 1, concept: 1, event: 1 }, older: { node: 1 }, resent: 0 });
    expect(found?.lines).toEqual([
      'canvas "b.canvas": not in the store',
      'node "n3" on canvas "a.canvas": not in the store',
      'edge "e1" on canvas "a.canvas": not in the store',
      'note "n.md": not in the store',
      'concept "limits": not in the store',
      `event score_submitted of note "n.md", ${event?.id}: not in the store`,
      'node "n1" on canvas "a.canvas": older in the store',
    ]);
    await world.clock.advance(5_000);
    expect(database.snapshot(VAULT)).not.toEqual(before);

    const repaired = (await world.verify(repair)).store;
    expect(repaired).toMatchObject({ differences: 7 });
    expect(repaired?.resent).toBeGreaterThanOrEqual(7);
    expect(repaired?.resent).toBeLessThan((await world.events()).length);
    await world.clock.advance(5_000);
    expect(database.snapshot(VAULT)).toEqual(before);
    await clean();
  });

  it("is nothing to be told of twice: what a repair made pending is on its way", async () => {
    take(tables().nodes, `${idOf("a.canvas")}#n2`);
    world.delivery.pause();
    expect((await world.verify(repair)).store).toMatchObject({ differences: 1 });
    await world.clock.advance(5_000);
    world.delivery.resume();
    await world.clock.advance(5_000);
    await clean();
  });

  it("is brought back with all of its canvas where the canvas itself is gone, for its row ties all others", async () => {
    take(tables().canvases, idOf("b.canvas"));
    const ofB = (await world.events()).filter((event) => event.canvas?.id === idOf("b.canvas"));
    expect((await world.verify(repair)).store).toMatchObject({ missing: { canvas: 1 }, resent: ofB.length });
  });

  it("is counted where it is much, with the first of it in words", async () => {
    world.files.canvas("c.canvas", canvas(Array.from({ length: 1_500 }, (_, index) => ({ id: `m${index}` }))), Date.UTC(2026, 0, 3));
    await world.capture("c.canvas");
    await world.clock.advance(60_000);
    const before = database.snapshot(VAULT);
    for (const key of [...tables().nodes.keys()]) if (key.startsWith(idOf("c.canvas"))) take(tables().nodes, key);
    const { store: found } = await world.verify(repair);
    expect(found).toMatchObject({ missing: { node: 1_500 }, resent: 1_501 });
    expect(found?.lines).toHaveLength(20);
    await world.clock.advance(60_000);
    expect(database.snapshot(VAULT)).toEqual(before);
  });

  it("is told by ties as well: a node without its canvas and an event about nothing", async () => {
    const a = idOf("a.canvas");
    const [first] = await world.events();
    database.loose.add(`${a}#n1`).add(first?.id ?? "");
    const { store: found } = await world.verify(repair);
    expect(found).toMatchObject({ ...NONE, unlinked: { node: 1, event: 1 } });
    expect(found?.lines).toContain('node "n1" on canvas "a.canvas": in the store, but nothing ties it to what it belongs to');
    await world.clock.advance(5_000);
    await clean();
  });
});

describe("what a store has and nobody here knows", () => {
  it("is told and left alone, also by a repair", async () => {
    const foreign = nodeRow(VAULT, idOf("a.canvas"), "x", { hlc: hlc(5) });
    const lost = nodeRow(VAULT, "unknown", "y", { hlc: hlc(5) });
    for (const row of [foreign, lost]) tables().nodes.set(row.uid, row);
    const { store: found } = await world.verify(repair);
    expect(found).toMatchObject({ ...NONE, differences: 2, extra: { node: 2 }, resent: 0 });
    // A canvas id is made of hex digits, so the row of the other canvas comes after it.
    expect(found?.lines).toEqual([
      'node "x" on canvas "a.canvas": in the store, but no journal here knows of it',
      'node "y" on canvas "unknown": in the store, but no journal here knows of it',
    ]);
    await world.clock.advance(5_000);
    expect(tables().nodes.has(foreign.uid)).toBe(true);
  });

  it("is no difference when it is only newer: another device wrote it", async () => {
    const n1 = tables().nodes.get(`${idOf("a.canvas")}#n1`);
    if (n1 === undefined) throw new Error("no n1");
    tables().nodes.set(n1.uid, { ...n1, hlc: `9${n1.hlc.slice(1)}` });
    expect((await world.verify(repair)).store).toMatchObject({ ...NONE, differences: 0, newer: { node: 1 }, resent: 0 });
  });

  async function otherDeviceWrites(): Promise<void> {
    const other = await verifyWorld({ clock: new ManualClock(Date.UTC(2031, 0, 1)), folder: world.folder, device: "device0000000002" });
    other.files.canvas("a.canvas", canvas([{ id: "n1", text: "theirs" }, { id: "new" }]), Date.UTC(2031, 0, 1));
    await other.capture("a.canvas");
    await other.use(new MemoryGraphStore({ vault: VAULT, database, clock: other.clock }));
    await other.clock.advance(5_000);
  }

  it("is read from the other device's folder first", async () => {
    await otherDeviceWrites();
    expect((await world.verify(report)).store).toMatchObject({ ...NONE, differences: 0 });
    await world.clock.advance(5_000);
    await clean();
    expect((await world.events()).filter(({ device }) => device === "device0000000002").length).toBeGreaterThan(0);
  });

  it("is read from there again when it came while the store was asked", async () => {
    await otherDeviceWrites();
    let calls = 0;
    const tooLate = { ...world.parts, catchUp: async () => ((calls += 1) > 1 ? world.parts.catchUp() : null) };
    expect(await verifyKind(tooLate).run(report, firstRun)).toMatchObject({ store: { ...NONE, differences: 0 } });
    await open();
    await otherDeviceWrites();
    const never = { ...world.parts, catchUp: () => Promise.resolve() };
    expect(await verifyKind(never).run(report, firstRun)).toMatchObject({ store: { newer: { node: 2, edge: 1 } } });
  });
});

describe("what is not there yet", () => {
  it("is no difference while its events are pending", async () => {
    world.delivery.pause();
    world.files.canvas("a.canvas", canvas([{ id: "n1", text: "later" }, { id: "n4" }]), Date.UTC(2026, 0, 5));
    await world.capture("a.canvas");
    await world.record([{ type: "score_submitted", note: "n.md", score: 90 }]);
    const pending = world.delivery.status()?.pending ?? 0;
    const { store: found } = await world.verify(repair);
    expect(found).toMatchObject({ ...NONE, differences: 0, resent: 0, pending });
    // n1 and n2 changed, n4 is new, e1 is gone, and the note.
    expect(found?.waiting).toBe(5);
    world.delivery.resume();
    await world.clock.advance(5_000);
    await clean();
  });

  it("is still one where something else of the same canvas is pending", async () => {
    world.delivery.pause();
    world.files.canvas("a.canvas", canvas([{ id: "n1", x: 40 }, { id: "n2", text: "later" }], [["e1", "n2", "n1"]]), Date.UTC(2026, 0, 5));
    await world.capture("a.canvas");
    take(tables().nodes, `${idOf("a.canvas")}#n1`);
    expect((await world.verify(report)).store).toMatchObject({ ...NONE, missing: { node: 1 }, waiting: 1 });
  });

  it("is no difference where the store refused it, and a repair does not try that again", async () => {
    store.refuse = (batch) => (batch.nodes.some((row) => row.text === "poison") ? { kind: "failed", class: "data", code: "Bad", message: "Bad." } : null);
    world.files.canvas("b.canvas", canvas([{ id: "n1", text: "poison" }], [["e1", "n1", "nowhere"]]), Date.UTC(2026, 0, 5));
    await world.capture("b.canvas");
    await world.clock.advance(60_000);
    expect(world.delivery.status()).toMatchObject({ dead: 1, pending: 0 });
    expect((await world.verify(repair)).store).toMatchObject({ ...NONE, differences: 0, waiting: 1, dead: 1, resent: 0 });
    take(tables().canvases, idOf("b.canvas"));
    expect((await world.verify(repair)).store).toMatchObject({ missing: { canvas: 1 }, dead: 1 });
    expect(world.delivery.status()).toMatchObject({ dead: 1 });
  });
});

describe("a store that cannot be asked", () => {
  it("is none: that is said, and only files are compared", async () => {
    await world.use(null);
    expect(await world.verify({ scope: "all", repair: false })).toMatchObject({ files: { differences: 0 }, note: expect.stringContaining("No store") as string });
    expect((await world.verify(report)).store).toBeUndefined();
  });

  it.each([
    ["away", away],
    ["refusing the password", { kind: "failed", class: "auth", code: "Auth", message: "Wrong password." } as const],
    ["throttling", { kind: "failed", class: "throttled", code: "Busy", message: "Later.", retryAfterMs: 500 } as const],
  ])("fails the item as what it is: %s", async (_, failure) => {
    let questions = 0;
    store.onRead = () => ((questions += 1) > 2 ? failure : null);
    const failed = await world.verify(report).then(() => null, (error: unknown) => error);
    expect(failed).toBeInstanceOf(TaskFailure);
    expect(failed).toMatchObject({ failureClass: failure.class, code: failure.code, message: failure.message });
    expect((failed as TaskFailure).retryAfterMs).toBe("retryAfterMs" in failure ? failure.retryAfterMs : undefined);
  });

  it("has not said yet which database it is", async () => {
    const silent = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    silent.down = away;
    await world.use(silent);
    await world.clock.advance(1_000);
    await expect(world.verify(report)).rejects.toMatchObject({ failureClass: "unavailable", code: "not-connected" });
  });

  it("is left when the task is cancelled, and nothing is sent again afterwards", async () => {
    take(tables().nodes, `${idOf("a.canvas")}#n1`);
    const stop = createSignal();
    store.onRead = ({ kind }) => {
      if (kind === "event") stop.abort();
      return null;
    };
    await expect(world.kind.run(repair, { ...firstRun, signal: stop.signal })).rejects.toBeInstanceOf(TaskFailure);
    expect(world.delivery.status()).toMatchObject({ pending: 0 });
  });
});

const DAMAGE = ["remove", "older", "loose"] as const;

describe("any damage", () => {
  it("is gone after one repair", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom("canvases", "nodes", "edges", "notes", "concepts", "events"), fc.nat(), fc.constantFrom(...DAMAGE)), { minLength: 1, maxLength: 12 }), async (damages) => {
        await open();
        const before = database.snapshot(VAULT);
        for (const [table, at, what] of damages) damage(table, at, what);
        const damaged = JSON.stringify(database.snapshot(VAULT)) !== JSON.stringify(before) || database.loose.size > 0;
        const found = (await world.verify(repair)).store;
        expect((found?.differences ?? 0) > 0).toBe(damaged);
        await world.clock.advance(10_000);
        expect(database.snapshot(VAULT)).toEqual(before);
        await clean();
      }),
      { numRuns: 25 },
    );
  });

  function damage(table: keyof Tables, at: number, what: (typeof DAMAGE)[number]): void {
    const rows = [...tables()[table].entries()];
    const [key, row] = rows[at % Math.max(1, rows.length)] ?? [];
    if (key === undefined || row === undefined) return;
    if (what === "remove") take(tables()[table], key);
    else if (what === "older" && table === "nodes") tables().nodes.set(key, { ...row, hlc: hlc(1), text: "older" } as never);
    else if (what === "loose" && (table === "nodes" || table === "events")) database.loose.add(key);
  }
});
