import { beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/index";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { allEvents, canvas, DEVICE, EngineWorld, VAULT } from "./engineWorld";

const CLONED = "device000000000c";
const SEGMENT = `devices/${CLONED}/journal/000001.ndjson`;
const CONFLICT = `devices/${CLONED}/journal/000001.sync-conflict-20260101.ndjson`;

let database: MemoryDatabase;
let here: EngineWorld;
/** The journal of one device id as two machines have it: the same beginning, then other events on the same places. */
let first: string;
let second: string;

/** What one of the machines journals after both had the same home folder. */
async function machine(start: EngineWorld, name: string, cards: number): Promise<string> {
  const there = new EngineWorld();
  there.folder = start.folder.copy();
  there.vault.canvas("a.canvas", canvas([{ id: "n" }]), there.at(1));
  there.vault.canvas(`${name}.canvas`, canvas(Array.from({ length: cards }, (_, index) => ({ id: `${name}${index}` }))), there.at(5));
  const engine = await there.open(CLONED);
  await engine.scan();
  await engine.stop();
  return there.folder.textOf(SEGMENT);
}

beforeEach(async () => {
  const start = new EngineWorld();
  start.vault.canvas("a.canvas", canvas([{ id: "n" }]), start.at(1));
  await (await start.open(CLONED)).scan();
  await start.engine?.stop();
  first = await machine(start, "x", 4);
  second = await machine(start, "y", 2);
  database = new MemoryDatabase();
  here = new EngineWorld();
  here.vault.canvas("a.canvas", canvas([{ id: "n" }]), here.at(1));
  here.vault.canvas("x.canvas", canvas([0, 1, 2, 3].map((index) => ({ id: `x${index}` }))), here.at(5));
});

async function open(): Promise<Engine> {
  const engine = await here.open();
  await engine.useStore(new MemoryGraphStore({ vault: VAULT, database, clock: here.clock }));
  return engine;
}

async function sync(): Promise<void> {
  const engine = await open();
  await engine.scan();
  await here.clock.advance(10_000);
  await engine.stop();
}

const idsIn = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "").map((line) => (JSON.parse(line) as { id: string }).id);
const inStore = (): readonly string[] => database.snapshot(VAULT).events.map((row) => row.id).sort();

/** Graph and store have every event that lies in the folder, and the store nothing twice. */
async function everythingArrived(engine: Engine): Promise<void> {
  expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
  const ids = (await allEvents(engine)).map(({ id }) => id).sort();
  expect(ids).toEqual(expect.arrayContaining([...idsIn(here.folder.textOf(SEGMENT)), ...idsIn(here.folder.textOf(CONFLICT))]));
  expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0 });
  expect(inStore()).toEqual(expect.arrayContaining([...ids]));
  const live = database.snapshot(VAULT).canvases.filter((row) => !row.deleted).map((row) => row.path);
  expect(live.sort()).toEqual(["a.canvas", "x.canvas", "y.canvas"]);
}

/** The sync tool takes the other machine's version and keeps the first one, or does not. */
function replace(kept: boolean): void {
  if (kept) here.folder.put(CONFLICT, here.folder.bytesOf(SEGMENT));
  here.folder.put(SEGMENT, second);
  here.vault.canvas("y.canvas", canvas([{ id: "y0" }, { id: "y1" }]), here.at(5));
}

describe.each([
  ["which is kept as a conflict copy", true],
  ["which is gone", false],
])("a journal that another machine's with the same device id replaces, %s", (_, kept) => {
  it("is folded and sent anew at the next start, once", async () => {
    here.folder.put(SEGMENT, first);
    await sync();
    replace(kept);
    const engine = await open();
    await engine.scan();
    await here.clock.advance(10_000);
    await everythingArrived(engine);
    await engine.stop();
    const again = await here.open();
    const store = new MemoryGraphStore({ vault: VAULT, database, clock: here.clock });
    await again.useStore(store);
    await here.clock.advance(10_000);
    expect(store.batches).toEqual([]);
  });

  it("is folded and sent while everything runs, also where the store is busy, and put right whole at the next start", async () => {
    here.folder.put(SEGMENT, first);
    const engine = await here.open();
    const store = new MemoryGraphStore({ vault: VAULT, database, clock: here.clock });
    await engine.useStore(store);
    await engine.scan();
    await here.clock.advance(10_000);
    replace(kept);
    store.latencyMs = 500;
    await engine.record({ type: "score_submitted", note: "n.md", score: 5 });
    await here.clock.advance(200);
    const reading = engine.readOtherDevices();
    await here.clock.advance(20_000);
    expect(await reading).toBeGreaterThan(0);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
    expect(inStore()).toEqual(expect.arrayContaining([...idsIn(second)]));
    await engine.stop();
    await sync();
    await everythingArrived(await open());
  });
});

it("a journal that only grew, came in parts or is away for a while is not taken for another one", async () => {
  const lines = first.split("\n").filter((line) => line !== "");
  here.folder.put(SEGMENT, `${lines.slice(0, 3).join("\n")}\n`);
  await sync();
  here.folder.put(SEGMENT, first);
  await sync();
  await here.folder.remove(SEGMENT);
  await sync();
  here.folder.put(SEGMENT, first);
  const engine = await here.open();
  const store = new MemoryGraphStore({ vault: VAULT, database, clock: here.clock });
  await engine.useStore(store);
  await here.clock.advance(10_000);
  expect(store.batches).toEqual([]);
  expect(here.folder.paths().filter((path) => path.startsWith(`devices/${DEVICE}/places.`))).toHaveLength(2);
});
