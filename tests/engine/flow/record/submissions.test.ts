import { describe, expect, it } from "vitest";
import type { Engine, LearningEvent, SubmitOptions } from "../../../../src/engine/index";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { allEvents, DEVICE, EngineWorld, settings, VAULT } from "../engineWorld";

const score = (concept: string, value = 5): object => ({ type: "score_submitted", concept, score: value });

async function withStore(): Promise<{ world: EngineWorld; engine: Engine; store: MemoryGraphStore }> {
  const world = new EngineWorld();
  const engine = await world.open();
  const store = new MemoryGraphStore({ vault: VAULT, clock: world.clock });
  await engine.useStore(store);
  await world.clock.advance(100);
  return { world, engine, store };
}

/** Everything in the order of the journal. */
async function journaled(engine: Engine): Promise<readonly LearningEvent[]> {
  return [...(await allEvents(engine))].sort((a, b) => a.seq - b.seq);
}

/** What a promise came to so far. */
function watched<T>(promise: Promise<T>): { value: T | null } {
  const seen: { value: T | null } = { value: null };
  promise.then((value) => (seen.value = value)).catch(() => undefined);
  return seen;
}

describe("recording that is switched off", () => {
  it("refuses what commands and other plugins say, at once and until it is on again", async () => {
    const engine = await new EngineWorld().open();
    engine.updateSettings({ ...settings, records: false });
    const off = { status: "failed", id: null, error: { code: "records_off", retryable: true } };
    expect(await engine.record(score("a"))).toMatchObject(off);
    expect(await engine.record(score("a"), { origin: "command" })).toMatchObject(off);
    expect(await engine.submit(score("a"))).toMatchObject(off);
    expect(await engine.recordBatch([score("a"), score("b")])).toMatchObject({ requested: 2, failed: 2 });
    expect(await allEvents(engine)).toEqual([]);
    engine.updateSettings(settings);
    expect(await engine.record(score("a"))).toMatchObject({ status: "accepted" });
    await engine.stop();
  });

  it("lets tasks say what a person had them do", async () => {
    const engine = await new EngineWorld().open();
    engine.updateSettings({ ...settings, records: false });
    expect(await engine.record(score("a"), { origin: "task" })).toMatchObject({ status: "accepted" });
    await engine.stop();
  });
});

describe("a submitted event", () => {
  it("is answered with its own end once the store has it, each of many with its own", async () => {
    const { world, engine, store } = await withStore();
    store.latencyMs = 40;
    const one = engine.submit(score("a"));
    const many = engine.submitAll([score("b"), { type: "nonsense" }, score("c")]);
    await world.clock.advance(200);
    expect(await one).toMatchObject({ index: 0, status: "succeeded" });
    const result = await many;
    expect(result).toMatchObject({ requested: 3, succeeded: 2, failed: 1, duplicate: 0, deferred: 0 });
    expect(result.results.map(({ index, status }) => [index, status])).toEqual([[0, "succeeded"], [1, "invalid"], [2, "succeeded"]]);
    expect(result.batchAvgLatencyMs).toBeGreaterThan(0);
  });

  it("is answered without a store as soon as it is journaled", async () => {
    const engine = await new EngineWorld().open();
    expect(await engine.submit(score("a"))).toMatchObject({ status: "succeeded" });
  });

  it("is deferred when its time is over, and sent all the same", async () => {
    const { world, engine, store } = await withStore();
    store.latencyMs = 5_000;
    const seen = watched(engine.submit(score("a"), { deadlineMs: 1_000 }));
    await world.clock.advance(999);
    expect(seen.value).toBeNull();
    await world.clock.advance(1);
    expect(seen.value).toMatchObject({ status: "deferred" });
    expect(engine.status().stats.stores.get("neo4j")?.totals.timeouts).toBe(1);
    await world.clock.advance(60_000);
    expect(engine.status().stores.neo4j).toMatchObject({ pending: 0 });
  });

  it("has the priority that is asked for, by any of its names", async () => {
    const { engine } = await withStore();
    const names = ["LOW", "immediate", "high", "Normal", undefined] as const;
    for (const [index, name] of names.entries()) {
      const options = (name === undefined ? {} : { priority: name }) as SubmitOptions;
      await engine.submitAll([score(`c${index}`)], { ...options, deadlineMs: 0 });
    }
    expect((await journaled(engine)).map(({ priority }) => priority)).toEqual(["LOW", "CRITICAL", "HIGH", "NORMAL", "CRITICAL"]);
  });

  it.each([
    [{ priority: "soon" }, "priority must be"],
    [{ deadlineMs: -1 }, "deadlineMs must be"],
    [{ deadlineMs: Number.NaN }, "deadlineMs must be"],
    [{ key: "" }, "key must be"],
    [{ user: 5 }, "user must be"],
  ])("with %j is refused before anything is written", async (options, message) => {
    const { engine } = await withStore();
    const result = await engine.submit(score("a"), options as unknown as SubmitOptions);
    expect(result).toMatchObject({ id: null, status: "invalid", error: { code: "invalid_option", retryable: false } });
    expect(result.error?.message).toContain(message);
    expect(await allEvents(engine)).toEqual([]);
  });

  it.each([
    ["after everything that its key was asked for before", "one", 300],
    ["before the end of a long call with another key", "other", null],
  ])("is journaled %s", async (_, key, place) => {
    const { world, engine } = await withStore();
    const many = Array.from({ length: 300 }, (__, index) => score(`c${index}`));
    const calls = [engine.submitAll(many, { key: "one" }), engine.submit(score("last"), { key })];
    await world.clock.advance(10_000);
    await Promise.all(calls);
    const concepts = (await journaled(engine)).map(({ data }) => data["concept"]);
    expect(concepts).toHaveLength(301);
    if (place === null) expect(concepts.indexOf("last")).toBeLessThan(300);
    else expect(concepts.indexOf("last")).toBe(place);
  });

  it("whose time is over before its turn comes is never recorded, and the next one of its key is", async () => {
    const { world, engine } = await withStore();
    world.folder.hold();
    const first = engine.submit(score("first"), { key: "k", deadlineMs: 5_000 });
    const late = engine.submit(score("late"), { key: "k", deadlineMs: 400 });
    const third = engine.submit(score("third"), { key: "k", deadlineMs: 5_000 });
    await world.clock.advance(400);
    expect(await late).toMatchObject({ id: null, status: "failed", error: { code: "deadline", retryable: true } });
    world.folder.release();
    await world.clock.advance(1_000);
    expect([(await first).status, (await third).status]).toEqual(["succeeded", "succeeded"]);
    expect((await journaled(engine)).map(({ data }) => data["concept"])).toEqual(["first", "third"]);
  });

  it("is answered by a stop that need not wait for the store, and refused afterwards", async () => {
    const { world, engine, store } = await withStore();
    store.faults.push({ kind: "hang" });
    const submitted = engine.submit(score("a"));
    await world.clock.advance(200);
    const stopped = engine.stop(1_000);
    await world.clock.advance(1_000);
    await stopped;
    expect(await submitted).toMatchObject({ status: "deferred" });
    await expect(engine.submit(score("b"))).rejects.toMatchObject({ name: "EngineStopped" });
  });

  it("goes straight to the store, alone and journaled before, where batching is turned off", async () => {
    const { world, engine, store } = await withStore();
    engine.updateSettings({ ...settings, batchSize: 1, lingerMs: 0, adaptive: false });
    const kept: boolean[] = [];
    store.refuse = ({ events }) => {
      kept.push(world.folder.textOf(`devices/${DEVICE}/journal/000001.ndjson`).includes(events[0]?.id ?? "?"));
      return null;
    };
    const submitted = Promise.all(["a", "b", "c"].map((concept) => engine.submit(score(concept))));
    await world.clock.advance(0);
    const results = await submitted;
    expect(kept).toEqual([true, true, true]);
    expect(results.map(({ status }) => status)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(store.batches.map((batch) => batch.events.length)).toEqual([1, 1, 1]);
    expect(await allEvents(engine)).toHaveLength(3);
  });
});
