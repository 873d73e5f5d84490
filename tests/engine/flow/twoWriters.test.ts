import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/index";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { allEvents, canvas, EngineWorld, VAULT } from "./engineWorld";

const note = (name: string, value: number): object => ({ type: "score_submitted", note: name, score: value, timestamp: 1_700_000_000_000 + value });

/** Two engines that were opened on one device's folder, with the same place for their next event. */
async function twoWriters(database: MemoryDatabase): Promise<{ world: EngineWorld; first: Engine; second: Engine }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
  await (await world.open()).scan();
  const first = await world.reopen();
  await first.useStore(storeOf(world, database));
  await world.clock.advance(5_000);
  return { world, first, second: await world.open() };
}

function storeOf(world: EngineWorld, database: MemoryDatabase): MemoryGraphStore {
  return new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
}

const inStore = (database: MemoryDatabase): readonly string[] => database.snapshot(VAULT).events.map((row) => row.id).sort();

describe("the folder of a device that two engines wrote at once", () => {
  it("brings every acknowledged event to the graph and the store, whoever was first on its place", async () => {
    const database = new MemoryDatabase();
    const { world, first, second } = await twoWriters(database);
    const acknowledged = [
      await second.record(note("second.md", 1)),
      await first.record(note("first.md", 2)),
      await first.record(note("first.md", 3)),
      await second.record(note("second.md", 4)),
    ].map(({ id }) => id);
    await world.clock.advance(10_000);
    await first.stop();
    const places = world.folder.appended.filter(({ path }) => path.includes("/journal/")).map(({ text }) => /"seq":(\d+)/.exec(text)?.[1]);
    expect(new Set(places.slice(-4)).size).toBe(2);

    const engine = await world.open();
    await engine.useStore(storeOf(world, database));
    await world.clock.advance(10_000);
    const ids = (await allEvents(engine)).map(({ id }) => id).sort();
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
    expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
    expect(inStore(database)).toEqual(ids);
    expect(engine.status().stores.neo4j).toMatchObject({ pending: 0, sent: ids.length });
  });

  it("is taken for mixed again when its second opening dies before it has made the journal whole", async () => {
    for (let writes = 0; writes < 12; writes += 1) {
      const database = new MemoryDatabase();
      const { world, first, second } = await twoWriters(database);
      await second.record(note("second.md", 1));
      await first.record(note("first.md", 2));
      await world.clock.advance(10_000);
      await first.stop();
      for (let passed = 0; passed < writes; passed += 1) world.folder.passNext();
      world.folder.tearNext(0);
      await world.open().catch(() => undefined);
      world.folder = world.folder.copy();
      const engine = await world.open();
      expect((await engine.rebuild({ dryRun: true, resend: false })).differences, `after ${writes} writes`).toEqual([]);
      await engine.useStore(storeOf(world, database));
      await world.clock.advance(10_000);
      expect(inStore(database), `after ${writes} writes`).toEqual((await allEvents(engine)).map(({ id }) => id).sort());
    }
  });

  it("is rebuilt once, not at every start", async () => {
    const database = new MemoryDatabase();
    const { world, first, second } = await twoWriters(database);
    await second.record(note("second.md", 1));
    await first.record(note("first.md", 2));
    await first.stop();
    await world.reopen();
    await world.reopen();
    const store = storeOf(world, database);
    await world.engine?.useStore(store);
    await world.clock.advance(10_000);
    const again = await world.reopen();
    const quiet = storeOf(world, database);
    await again.useStore(quiet);
    await world.clock.advance(10_000);
    expect(quiet.batches).toEqual([]);
    expect(store.batches.flatMap((batch) => batch.events).length).toBe(2);
  });
});
