import { describe, expect, it } from "vitest";
import { StorageError } from "../../../../src/engine/index";
import { MemoryDatabase } from "../../../fakes/memoryDatabase";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { allEvents, canvas, EngineWorld, settings, VAULT } from "../engineWorld";

async function indexed(cards = 30): Promise<EngineWorld> {
  const world = new EngineWorld();
  for (let index = 0; index < 3; index += 1) {
    const nodes = Array.from({ length: cards }, (_, node) => ({ id: `n${node}` }));
    world.vault.canvas(`c${index}.canvas`, canvas(nodes, [["e", "n0", "n1"]]), world.at(index));
  }
  await (await world.open()).scan();
  return world;
}

function scores(count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    type: "score_submitted",
    note: `n${index % 90}.md`,
    score: 5,
    timestamp: 1_700_000_000_000 + index,
  }));
}

describe("sending to a store", () => {
  it("back-fills the whole journal of years into a store that is turned on late", async () => {
    const world = await indexed();
    const database = new MemoryDatabase();
    const engine = world.engine ?? (await world.open());
    expect(engine.status().stores.neo4j).toBeUndefined();
    await engine.useStore(new MemoryGraphStore({ vault: VAULT, database, clock: world.clock }));
    await world.clock.advance(5_000);
    const all = await allEvents(engine);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", sent: all.length, pending: 0 });
    expect(database.snapshot(VAULT).events.map((row) => row.id).sort()).toEqual(all.map((event) => event.id).sort());
  });

  it("sends nothing twice after a restart, and everything again to another database", async () => {
    const world = await indexed();
    const database = new MemoryDatabase();
    const first = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    await world.engine?.useStore(first);
    await world.clock.advance(5_000);
    const again = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    const engine = await world.reopen();
    await engine.useStore(again);
    await world.clock.advance(5_000);
    expect(again.batches.flatMap((batch) => batch.events)).toEqual([]);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });

    database.wipe(VAULT);
    const other = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    await engine.useStore(other);
    await world.clock.advance(5_000);
    expect(database.snapshot(VAULT).events.length).toBe((await allEvents(engine)).length);
  });

  it("keeps an event that the store refuses as a dead letter over a restart, and sends it when asked", async () => {
    const world = await indexed();
    const database = new MemoryDatabase();
    const engine = world.engine ?? (await world.open());
    const store = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    const bad = (await allEvents(engine)).find((event) => event.subject.id === "n7");
    store.refuse = (batch) =>
      batch.events.some((row) => row.id === bad?.id) ? { kind: "failed", class: "data", code: "Bad", message: "A row is refused." } : null;
    await engine.useStore(store);
    await world.clock.advance(60_000);
    expect(engine.deadLetters()).toMatchObject([{ id: bad?.id, class: "data" }]);
    expect(engine.status().stores.neo4j).toMatchObject({ pending: 0, dead: 1 });

    const reopened = await world.reopen();
    const mended = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    await reopened.useStore(mended);
    await world.clock.advance(5_000);
    expect(reopened.deadLetters()).toHaveLength(1);
    expect(await reopened.retryDead("all")).toBe(1);
    await world.clock.advance(5_000);
    expect(reopened.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0 });
  });

  it("shows a wrong password as what it is and tries it once", async () => {
    const world = await indexed();
    const engine = world.engine ?? (await world.open());
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.down = { kind: "failed", class: "auth", code: "Unauthorized", message: "The password is wrong." };
    await engine.useStore(store);
    await world.clock.advance(600_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "auth", message: "The password is wrong.", sent: 0 });
    expect(store.connects).toBe(1);
    store.down = null;
    await engine.reconnect();
    await world.clock.advance(5_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
  });

  it("sends nothing while it is paused, also to a store that comes later", async () => {
    const world = await indexed();
    const engine = world.engine ?? (await world.open());
    engine.pause();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(60_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "paused", sent: 0 });
    engine.resume();
    await world.clock.advance(5_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
  });

  it("rebuilds the graph from the journal, and sends all of it again when asked", async () => {
    const world = await indexed();
    const database = new MemoryDatabase();
    const engine = world.engine ?? (await world.open());
    const store = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(5_000);
    const before = database.snapshot(VAULT);
    const sent = store.batches.length;
    const rebuilt = engine.rebuild({ dryRun: false, resend: true });
    await world.clock.advance(5_000);
    expect((await rebuilt).differences).toEqual([]);
    await world.clock.advance(5_000);
    expect(database.snapshot(VAULT)).toEqual(before);
    expect(store.batches.length).toBe(2 * sent);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
  });

  it("goes on sending when a full disk does not let it forget what was sent", async () => {
    const world = await indexed();
    const database = new MemoryDatabase();
    const engine = world.engine ?? (await world.open());
    await engine.useStore(new MemoryGraphStore({ vault: VAULT, database, clock: world.clock }));
    await world.clock.advance(5_000);
    world.folder.refusing = "full";
    const rebuilt = engine.rebuild({ dryRun: false, resend: true }).catch((error: unknown) => error);
    await world.clock.advance(5_000);
    expect(await rebuilt).toBeInstanceOf(StorageError);
    world.folder.refusing = null;
    world.vault.canvas("c0.canvas", canvas([{ id: "n0", color: "1" }]), world.at(90));
    await engine.scan();
    await world.clock.advance(60_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
    expect(database.snapshot(VAULT).events.length).toBe((await allEvents(engine)).length);
    await engine.useStore(null);
    expect(engine.status().stores.neo4j).toBeUndefined();
  });

  it("removes this vault's rows and sends nothing afterwards", async () => {
    const world = await indexed();
    const database = new MemoryDatabase();
    const engine = world.engine ?? (await world.open());
    await engine.useStore(new MemoryGraphStore({ vault: VAULT, database, clock: world.clock }));
    await world.clock.advance(5_000);
    expect(database.snapshot(VAULT).events.length).toBeGreaterThan(0);
    expect(await engine.removeFromStore()).toMatchObject({ kind: "removed" });
    world.vault.canvas("c0.canvas", canvas([{ id: "n0", color: "1" }]), world.at(90));
    await engine.scan();
    await world.clock.advance(60_000);
    expect(database.snapshot(VAULT).events).toEqual([]);
    await engine.useStore(null);
    expect(engine.status().stores.neo4j).toBeUndefined();
    expect(await engine.removeFromStore()).toEqual({ kind: "no-store" });
  });

  it("ends in its time while this vault's rows are being removed, and leaves the rest of the removal", async () => {
    const world = await indexed(5);
    const engine = world.engine ?? (await world.open());
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(5_000);
    store.latencyMs = 24_000;
    const removed = engine.removeFromStore();
    await world.clock.advance(100);
    let ended = false;
    const stopped = engine.stop(2_000).then(() => (ended = true));
    await world.clock.advance(2_000);
    expect(ended).toBe(true);
    await stopped;
    expect(await removed).toMatchObject({ kind: "failed", class: "unavailable" });
    expect(world.clock.pending).toBe(0);
  });

  it("ends in its time while a removal waits for a batch under way", async () => {
    const world = await indexed(5);
    const engine = world.engine ?? (await world.open());
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    store.faults.push({ kind: "hang" });
    await engine.useStore(store);
    await world.clock.advance(1_000);
    const removed = engine.removeFromStore();
    await world.clock.advance(100);
    let ended = false;
    const stopped = engine.stop(2_000).then(() => (ended = true));
    await world.clock.advance(2_000);
    expect(ended).toBe(true);
    await stopped;
    expect(await removed).toMatchObject({ kind: "failed" });
    expect(store.database.snapshot(VAULT).events).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  it("goes on sending after a removal that failed", async () => {
    const world = await indexed(5);
    const database = new MemoryDatabase();
    const engine = world.engine ?? (await world.open());
    const store = new MemoryGraphStore({ vault: VAULT, database, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(5_000);
    store.down = { kind: "failed", class: "unavailable", code: "Away", message: "The store is away." };
    expect(await engine.removeFromStore()).toMatchObject({ kind: "failed" });
    store.down = null;
    world.vault.canvas("c0.canvas", canvas([{ id: "n0", color: "1" }]), world.at(90));
    await engine.scan();
    await world.clock.advance(60_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
    expect(database.snapshot(VAULT).events.length).toBe((await allEvents(engine)).length);
  });

  it("sends each event once while a slow disk is read and written to the store at the same time", async () => {
    const world = new EngineWorld();
    const engine = await world.open();
    engine.updateSettings({ ...settings, batchSize: 50 });
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(1_000);
    const stream = world.folder.stream.bind(world.folder);
    world.folder.stream = async function* (path) {
      for await (const chunk of stream(path)) {
        await new Promise<void>((resolve) => world.clock.after(5, resolve));
        yield chunk;
      }
    };
    store.latencyMs = 2_000;
    const items = scores(3_000);
    const recorded = engine.recordBatch(items);
    await world.clock.advance(1_500);
    await recorded;
    store.latencyMs = 100;
    await world.clock.advance(60_000);
    const sent = store.batches.flatMap((batch) => batch.events.map((row) => row.id));
    expect(new Set(sent).size).toBe(items.length);
    expect(sent).toHaveLength(items.length);
    expect(engine.status().stats.stores.get("neo4j")?.counts).toMatchObject({ accepted: items.length, stored: items.length });
  });

  it("tells a caller with more events than it remembers that they are stored, when they are", async () => {
    const world = new EngineWorld();
    const engine = await world.open();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(1_000);
    const answer = engine.recordBatch(scores(9_000), { settled: true });
    let settled = false;
    const told = answer.then(() => (settled = true));
    for (let waited = 0; waited < 10_000 && !settled; waited += 100) await world.clock.advance(100);
    expect(settled).toBe(true);
    await told;
    const { batchAvgLatencyMs, deferred, succeeded } = await answer;
    expect({ deferred, succeeded }).toEqual({ deferred: 0, succeeded: 9_000 });
    expect(batchAvgLatencyMs).not.toBeNull();
  });

  it("gives a backup that another device takes in without doubling anything", async () => {
    const world = await indexed(5);
    const engine = world.engine ?? (await world.open());
    let text = "";
    for await (const chunk of engine.backup()) text += chunk;
    expect(await engine.importBackup(text)).toEqual({ added: 0, duplicates: (await allEvents(engine)).length, bad: 0 });
    const fresh = new EngineWorld();
    const other = await fresh.open();
    const count = (await allEvents(engine)).length;
    expect(await other.importBackup(`${text}not a line\n`)).toEqual({ added: count, duplicates: 0, bad: 1 });
    expect(other.status()).toMatchObject({ canvases: 3, events: count });
  });
});
