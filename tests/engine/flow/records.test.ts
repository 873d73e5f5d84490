import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryGraphStore } from "../../fakes/memoryGraphStore";
import { allEvents, canvas, EngineWorld, VAULT } from "./engineWorld";

const score = (value: number, timestamp?: number): object => ({
  type: "score_submitted",
  canvas: "a.canvas",
  node: "n1",
  score: value,
  ...(timestamp === undefined ? {} : { timestamp }),
});

async function openWorld(): Promise<{ world: EngineWorld; engine: Awaited<ReturnType<EngineWorld["open"]>> }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n1", text: "# Cells" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  return { world, engine };
}

describe("records of the API", () => {
  it("judges each item alone and keeps every index", async () => {
    const { engine } = await openWorld();
    const items = [score(80, 1_700_000_000_000), { type: "score_submitted", canvas: "a.canvas", node: "n1", score: 500 }, score(80, 1_700_000_000_000), 7, { type: "node_created" }];
    const result = await engine.recordBatch(items);
    expect(result).toMatchObject({ requested: 5, succeeded: 1, failed: 3, duplicate: 1, deferred: 0 });
    expect(result.results.map((one) => [one.index, one.status])).toEqual([
      [0, "accepted"],
      [1, "invalid"],
      [2, "duplicate"],
      [3, "invalid"],
      [4, "invalid"],
    ]);
    expect(result.results[2]?.id).toBe(result.results[0]?.id);
    expect(result.results[4]?.error?.message).toContain("canvas files");
  });

  it("adds what the graph knows: the concept and the score before", async () => {
    const { engine, world } = await openWorld();
    await engine.record(score(40), { origin: "command" });
    await world.clock.advance(10);
    await engine.record(score(90), { origin: "command" });
    expect((await allEvents(engine)).at(-1)).toMatchObject({ origin: "command", priority: "CRITICAL", data: { score: 90, previous: 40, concept: "Cells" } });
  });

  it("adds what an item before it in the same call says, unless that is in the journal already", async () => {
    const { engine } = await openWorld();
    const note = (level: string): object => ({ type: "mastery_changed", note: "n.md", level });
    const once = score(10, 1_700_000_000_000);
    await engine.recordBatch([once, score(20)]);
    const { results } = await engine.recordBatch([score(40), note("learning"), score(60), note("mastered"), once, score(80), { ...score(90), canvas: "./a" }]);
    expect(results.map((one) => one.status)).toEqual(["accepted", "accepted", "accepted", "accepted", "duplicate", "accepted", "accepted"]);
    const said = (await allEvents(engine)).map(({ type, data }) => [type, data["previous"] ?? data["oldLevel"], data["score"] ?? data["newLevel"]]);
    expect(said.filter(([type]) => type === "score_submitted").slice(1).map(([, ...values]) => values)).toEqual([[10, 20], [20, 40], [40, 60], [60, 80], [80, 90]]);
    expect(said.filter(([type]) => type === "mastery_changed").map(([, ...values]) => values)).toEqual([[null, "learning"], ["learning", "mastered"]]);
  });

  it("refuses a canvas or node that is not known, and says so", async () => {
    const { engine } = await openWorld();
    expect(await engine.record({ ...score(1), canvas: "b.canvas" })).toMatchObject({ status: "invalid", error: { code: "unknown_canvas" } });
    expect(await engine.record({ ...score(1), node: "gone" })).toMatchObject({ status: "invalid", error: { code: "unknown_node" } });
  });

  it("acknowledges nothing when the journal cannot be written", async () => {
    const { engine, world } = await openWorld();
    world.folder.refusing = "full";
    await expect(engine.recordBatch([score(1)])).rejects.toMatchObject({ fault: "full" });
    world.folder.refusing = null;
    expect((await allEvents(engine)).filter((event) => event.type === "score_submitted")).toEqual([]);
    expect(await engine.record(score(1))).toMatchObject({ status: "accepted" });
  });

  it("counts always add up, whatever is given", async () => {
    const { engine } = await openWorld();
    const item = fc.oneof(fc.anything(), fc.constant(score(3)), fc.integer({ min: 0, max: 120 }).map((value) => score(value)));
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 8 }), async (items) => {
        const result = await engine.recordBatch(items);
        expect(result.requested).toBe(items.length);
        expect(result.succeeded + result.failed + result.duplicate + result.deferred).toBe(items.length);
        expect(result.results.map((one) => one.index)).toEqual(items.map((_, index) => index));
      }),
      { numRuns: 100 },
    );
  });

  it("waits for the store when asked, and defers what is not there in time", async () => {
    const { engine, world } = await openWorld();
    const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
    await engine.useStore(store);
    await world.clock.advance(1_000);
    const settled = engine.record(score(10), { settled: true });
    await world.clock.advance(1_000);
    expect(await settled).toMatchObject({ status: "succeeded" });

    store.down = { kind: "failed", class: "unavailable", code: "Away", message: "The store is away." };
    const deferred = engine.record(score(20), { settled: true });
    await world.clock.advance(31_000);
    expect(await deferred).toMatchObject({ status: "deferred" });
    expect(engine.status().stores.neo4j).toMatchObject({ state: "unavailable", pending: 1, dead: 0 });

    store.down = null;
    await world.clock.advance(120_000);
    expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0 });
  });
});
