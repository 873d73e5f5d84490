import { describe, expect, it } from "vitest";
import { Batcher } from "../../../../src/engine/batch/batcher/batcher";
import { defaultBatcherSettings } from "../../../../src/engine/batch/batcher/batcherSettings";
import {
  BatcherStopped,
  ItemCancelled,
  ItemFailed,
  ItemTimedOut,
  QueueFull,
} from "../../../../src/engine/batch/batcher/itemErrors";
import { createSignal, silentLogger, type Signal } from "../../../../src/engine/index";
import { ManualClock } from "../../../fakes/manualClock";
import { done, failure, ScriptedSink } from "../../../fakes/scriptedSink";
import { seededRandom } from "../../../fakes/seededRandom";
import { batcherWorld, expectIdentity } from "./batcherWorld";

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `i${index}`);

describe("a submitted item", () => {
  it("gets its own result", async () => {
    const { batcher, sink } = batcherWorld();
    sink.script = (items) => items.map((item) => ({ kind: "done", value: `${item}!` }));
    const results = Promise.all([batcher.submit("a"), batcher.submit("b")]);
    expect(await results).toEqual(["a!", "b!"]);
    expect(sink.batches).toEqual([["a", "b"]]);
    expectIdentity(batcher);
  });

  it("rejects with its own failure, and the others of its batch are done", async () => {
    const { batcher, sink, dead } = batcherWorld();
    sink.script = (items) => items.map((value) => (value === "bad" ? failure("data") : { kind: "done", value }));
    const bad = batcher.submit("bad", { key: "k", priority: "HIGH", user: "me", dedupeKey: "d" });
    const good = batcher.submit("good");
    await expect(bad).rejects.toThrow(ItemFailed);
    await expect(bad).rejects.toMatchObject({ attempts: 1, failure: { class: "data" } });
    expect(await good).toBe("good");
    expect(dead).toMatchObject([
      { item: "bad", key: "k", priority: "HIGH", user: "me", dedupeKey: "d", domain: "default", attempts: 1, failure: { class: "data" } },
    ]);
    expect(batcher.metrics()).toMatchObject({ failed: 1, dead: 1, counts: { accepted: 2, stored: 1, dead: 1 } });
  });

  it("is refused before the start and after a stop, and taken again after the next start", async () => {
    const { batcher, sink } = batcherWorld();
    await batcher.stop(1_000);
    await expect(batcher.submit("a")).rejects.toThrow(BatcherStopped);
    expect(await batcher.submitAll(["b"])).toEqual([{ kind: "refused", reason: "stopped" }]);
    batcher.start();
    batcher.start();
    expect(await batcher.submit("c")).toBe("c");
    expect(sink.batches).toEqual([["c"]]);
    expect(batcher.metrics().refused).toBe(2);
  });

  it("fails alone when its options cannot be followed", async () => {
    const { batcher } = batcherWorld();
    const ends = await batcher.submitAll(["a", "b", "c", "d", "e"], (_, index) => {
      if (index === 3) throw new Error("no options");
      // What browsers have is no signal of ours, and easily taken for one.
      if (index === 4) return { signal: new AbortController().signal as unknown as Signal };
      return index === 1 ? { bytes: Number.NaN } : index === 2 ? { deadlineMs: -1 } : {};
    });
    expect(ends.map(({ kind }) => kind)).toEqual(["done", "failed", "failed", "failed", "failed"]);
    expect(batcher.metrics().counts).toMatchObject({ accepted: 1, stored: 1 });
    expect(ends[1]).toMatchObject({ attempts: 0, failure: { class: "data", code: "bad-options" } });
    expectIdentity(batcher);
  });
});

describe("many items in one call", () => {
  it("end in the order of the items, whatever the order of their batches", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 2, concurrency: 3 });
    sink.script = () => null;
    const ends = batcher.submitAll(["a", "b", "c", "d"], (item) => ({ key: item }));
    await clock.flush();
    expect(sink.batches).toEqual([["a", "b"], ["c", "d"]]);
    await clock.advance(5);
    sink.calls[1]?.answer(done(["c", "d"]));
    sink.calls[0]?.answer([{ kind: "done", value: "a" }, failure("data")]);
    expect(await ends).toEqual([
      { kind: "done", value: "a", attempts: 1, waitMs: 0, runMs: 5 },
      { kind: "failed", failure: failure("data"), attempts: 1, waitMs: 0, runMs: 5 },
      { kind: "done", value: "c", attempts: 1, waitMs: 0, runMs: 5 },
      { kind: "done", value: "d", attempts: 1, waitMs: 0, runMs: 5 },
    ]);
  });

  it("are none at all without waiting for anything", async () => {
    const { batcher } = batcherWorld();
    expect(await batcher.submitAll([])).toEqual([]);
  });
});

describe("a batch leaves", () => {
  it("when it is full, without a timer", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 3, lingerMs: 1_000 });
    await batcher.submitAll(numbers(3));
    expect(sink.batches).toEqual([["i0", "i1", "i2"]]);
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });

  it("when its bytes are enough, and a larger item travels alone", async () => {
    const { batcher, sink } = batcherWorld({ batchBytes: 1_000, lingerMs: 0 });
    await batcher.submitAll(["a", "b", "big", "c"], (item) => ({ bytes: item === "big" ? 5_000 : 400, key: item }));
    expect(sink.batches).toEqual([["a", "b"], ["big"], ["c"]]);
  });

  it("a linger after its first item and not after its last", async () => {
    const { batcher, clock, sink } = batcherWorld({ lingerMs: 100 });
    void batcher.submit("a");
    await clock.advance(90);
    void batcher.submit("b");
    await clock.advance(9);
    expect(sink.calls).toEqual([]);
    await clock.advance(1);
    expect(sink.batches).toEqual([["a", "b"]]);
  });

  it("never with items of two domains", async () => {
    const { batcher, sink } = batcherWorld();
    await batcher.submitAll(numbers(4), (_, index) => ({ domain: index % 2 === 0 ? "even" : "odd" }));
    expect(sink.calls.map(({ items, context }) => [context.domain, ...items])).toEqual([["even", "i0", "i2"], ["odd", "i1", "i3"]]);
  });

  it("by itself for each item when nothing is to be batched", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, lingerMs: 0, adaptive: true });
    sink.script = () => null;
    const ends = batcher.submitAll(numbers(50));
    for (let answered = 0; answered < 50; answered += 10) {
      await clock.flush();
      expect(sink.calls).toHaveLength(answered + 10);
      for (const call of sink.calls.slice(answered)) call.answer(done(call.items));
    }
    await ends;
    expect(sink.batches).toEqual(numbers(50).map((item) => [item]));
  });

  it("in the order of priorities, and in that of submission inside a key", async () => {
    const { batcher, sink } = batcherWorld({ batchSize: 1, concurrency: 1 });
    const priority = { a: "LOW", b: "CRITICAL", c: "NORMAL", d: "HIGH" } as const;
    await batcher.submitAll(["a", "c", "d", "b"] as const, (item) => ({ priority: priority[item as keyof typeof priority] }));
    await batcher.submitAll(["x1", "x2", "y"], (item) => ({ key: item[0] ?? "", priority: item === "x1" ? "LOW" : item === "x2" ? "CRITICAL" : "HIGH" }));
    expect(sink.batches.flat()).toEqual(["b", "d", "c", "a", "x1", "x2", "y"]);
  });
});

describe("at rest", () => {
  it("there is no timer, whatever was before", async () => {
    const { batcher, clock, sink } = batcherWorld({ lingerMs: 50 });
    expect(clock.pending).toBe(0);
    const source = createSignal();
    sink.script = (items) => (items.includes("slow") ? null : done(items));
    void batcher.submit("slow", { signal: source.signal, deadlineMs: 5_000 }).catch(() => undefined);
    await clock.advance(50);
    sink.calls[0]?.answer(done(["slow"]));
    await clock.advance(1);
    expect(clock.pending).toBe(0);
    await batcher.submitAll(numbers(1_000), { deadlineMs: 60_000 });
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });
});

describe("an item that is there already", () => {
  it("is joined from the moment of its submission until its end, and run once", async () => {
    const { batcher, clock, sink } = batcherWorld({ lingerMs: 10 });
    sink.script = () => null;
    const all = [batcher.submit("a", { dedupeKey: "k" }), batcher.submit("b", { dedupeKey: "k" })];
    await clock.advance(10);
    all.push(batcher.submit("c", { dedupeKey: "k" }));
    sink.calls[0]?.answer(done(["a"]));
    expect(await Promise.all(all)).toEqual(["a", "a", "a"]);
    expect(batcher.metrics()).toMatchObject({ duplicates: 2, counts: { accepted: 1, stored: 1 } });
    void batcher.submit("d", { dedupeKey: "k" });
    await clock.advance(10);
    expect(sink.batches).toEqual([["a"], ["d"]]);
  });

  it("goes on for those who joined when the first one cancels", async () => {
    const { batcher, clock, sink } = batcherWorld({ lingerMs: 10 });
    const source = createSignal();
    const first = batcher.submit("a", { dedupeKey: "k", signal: source.signal });
    const second = batcher.submitAll(["b", "c"], { dedupeKey: "k" });
    source.abort();
    await expect(first).rejects.toThrow(ItemCancelled);
    await clock.advance(10);
    expect((await second).map((end) => end.kind === "done" && end.value)).toEqual(["a", "a"]);
    expect(sink.batches).toEqual([["a"]]);
    expectIdentity(batcher);
  });

  it("is not cancelled by one who joined", async () => {
    const { batcher, clock } = batcherWorld({ lingerMs: 10 });
    const source = createSignal();
    const first = batcher.submit("a", { dedupeKey: "k" });
    const second = batcher.submit("b", { dedupeKey: "k", signal: source.signal });
    source.abort();
    await expect(second).rejects.toThrow(ItemCancelled);
    await clock.advance(10);
    expect(await first).toBe("a");
    expect(batcher.metrics().counts).toMatchObject({ accepted: 1, stored: 1, cancelled: 0 });
  });
});

describe("a deadline", () => {
  it("takes out what has not started, which then never runs", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 1 });
    sink.script = () => null;
    void batcher.submit("first");
    const late = batcher.submit("late", { deadlineMs: 100 });
    const caught = expect(late).rejects.toThrow(ItemTimedOut);
    await clock.advance(100);
    await caught;
    sink.calls[0]?.answer(done(["first"]));
    await clock.advance(1_000);
    expect(sink.batches).toEqual([["first"]]);
    expect(batcher.metrics()).toMatchObject({ timeouts: 1, counts: { accepted: 2, stored: 1, cancelled: 1, waiting: 0 } });
  });

  it("says nothing about what has started", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => null;
    const item = batcher.submit("a", { deadlineMs: 100 });
    await clock.advance(5_000);
    sink.calls[0]?.answer(done(["a"]));
    expect(await item).toBe("a");
    expect(batcher.metrics().timeouts).toBe(0);
  });
});

describe("cancelling", () => {
  it("takes out what waits at once", async () => {
    const { batcher, clock, sink } = batcherWorld({ lingerMs: 10 });
    const source = createSignal();
    const ends = batcher.submitAll(["a", "b"], { signal: source.signal });
    void batcher.submit("c");
    source.abort();
    expect(await ends).toEqual([
      { kind: "cancelled", started: false },
      { kind: "cancelled", started: false },
    ]);
    await clock.advance(10);
    expect(sink.batches).toEqual([["c"]]);
    expect(batcher.metrics()).toMatchObject({ cancelled: 2, failed: 0 });
  });

  it("frees the slot of what is in flight at once although the sink hangs, and ignores the late answer", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 1 });
    sink.script = (items) => (items.includes("hangs") ? null : done(items));
    const source = createSignal();
    const hangs = batcher.submit("hangs", { signal: source.signal });
    const caught = expect(hangs).rejects.toMatchObject({ name: "ItemCancelled", started: true });
    await clock.flush();
    const next = batcher.submit("next");
    source.abort();
    await caught;
    expect(await next).toBe("next");
    expect(sink.calls[0]?.context.signal.aborted).toBe(true);
    sink.calls[0]?.answer(done(["hangs"]));
    await clock.flush();
    expect(batcher.metrics().counts).toMatchObject({ accepted: 2, stored: 1, cancelled: 1 });
    expectIdentity(batcher);
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });

  it("lets nothing of its key overtake what may still have its effect", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, batchTimeoutMs: 1_000 });
    sink.script = (items) => (items.includes("hangs") ? null : done(items));
    const source = createSignal();
    void batcher.submit("hangs", { key: "k", signal: source.signal }).catch(() => undefined);
    await clock.flush();
    source.abort();
    const next = batcher.submit("next", { key: "k" });
    await clock.advance(999);
    expect(sink.batches).toEqual([["hangs"]]);
    await clock.advance(1);
    expect(await next).toBe("next");
  });

  it("of one item leaves the others of its batch alone", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => null;
    const source = createSignal();
    const cancelled = batcher.submit("a", { signal: source.signal });
    const other = batcher.submit("b");
    const caught = expect(cancelled).rejects.toThrow(ItemCancelled);
    await clock.flush();
    source.abort();
    await caught;
    expect(sink.calls[0]?.context.signal.aborted).toBe(false);
    sink.calls[0]?.answer(done(["a", "b"]));
    expect(await other).toBe("b");
    expect(batcher.metrics().counts).toMatchObject({ accepted: 2, stored: 1, cancelled: 1 });
  });

  it("before the submission is an end without a start", async () => {
    const { batcher, sink, clock } = batcherWorld();
    const source = createSignal();
    source.abort();
    await expect(batcher.submit("a", { signal: source.signal })).rejects.toThrow(ItemCancelled);
    await clock.advance(10);
    expect(sink.calls).toEqual([]);
  });
});

describe("a full queue", () => {
  it("refuses what has no room where there is no overflow", async () => {
    const { batcher, clock, sink } = batcherWorld({ queueItems: 3, lingerMs: 10 });
    const ends = batcher.submitAll(numbers(5));
    await expect(batcher.submit("more")).rejects.toThrow(QueueFull);
    await clock.advance(10);
    expect((await ends).map(({ kind }) => kind)).toEqual(["done", "done", "done", "refused", "refused"]);
    expect(sink.batches).toEqual([["i0", "i1", "i2"]]);
    expect(batcher.metrics()).toMatchObject({ refused: 3, counts: { accepted: 3 } });
  });

  it("shows how full it is", async () => {
    const { batcher, clock } = batcherWorld({ queueItems: 10, lingerMs: 10 });
    expect(batcher.metrics().backpressure).toBe("ok");
    void batcher.submitAll(numbers(8));
    expect(batcher.metrics().backpressure).toBe("slow");
    void batcher.submitAll(numbers(2));
    expect(batcher.metrics().backpressure).toBe("spill");
    await clock.advance(10);
    expect(batcher.metrics().backpressure).toBe("ok");
  });
});

describe("a stop", () => {
  it("flushes once without linger, and leaves no timer", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 2, lingerMs: 60_000 });
    const ends = batcher.submitAll(numbers(5));
    await batcher.stop(1_000);
    expect((await ends).map(({ kind }) => kind)).toEqual(["done", "done", "done", "done", "done"]);
    expect(sink.batches.flat()).toEqual(numbers(5));
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });

  it("gives up what is not done at its deadline, and says whether it had started", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 1 });
    sink.script = () => null;
    const ends = batcher.submitAll(["a", "b"]);
    await clock.flush();
    const stopped = batcher.stop(100);
    await clock.advance(100);
    await stopped;
    expect(await ends).toEqual([
      { kind: "cancelled", started: true },
      { kind: "refused", reason: "stopped" },
    ]);
    expect(sink.calls[0]?.context.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
    expectIdentity(batcher);
    batcher.start();
    sink.script = done;
    expect(await batcher.submit("c")).toBe("c");
  });

  it("does not try again what fails while it flushes", async () => {
    const { batcher, sink } = batcherWorld();
    sink.script = () => failure("contention");
    const ends = batcher.submitAll(["a"]);
    await batcher.stop(60_000);
    expect(await ends).toEqual([{ kind: "cancelled", started: true }]);
    expect(sink.calls).toHaveLength(1);
  });

  it("is followed by a start that was asked for meanwhile", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => null;
    void batcher.submitAll(["a"]);
    await clock.flush();
    const stopped = batcher.stop(100);
    batcher.start();
    await expect(batcher.submit("b")).rejects.toThrow(BatcherStopped);
    await clock.advance(100);
    await stopped;
    sink.script = done;
    expect(await batcher.submit("c")).toBe("c");
  });

  it("ends with the shorter of two deadlines", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => null;
    void batcher.submitAll(["a"]);
    await clock.flush();
    const stops = Promise.all([batcher.stop(60_000), batcher.stop(10)]);
    await clock.advance(10);
    await stops;
    expect(clock.pending).toBe(0);
  });

  it("comes with the end of a run and of a scope, whatever happens in it", async () => {
    const clock = new ManualClock();
    const sink = new ScriptedSink<string>();
    const settings = defaultBatcherSettings;
    const make = (): Batcher<string, string> => new Batcher({ clock, random: seededRandom(), logger: silentLogger, sink, settings });
    const ran = make();
    expect(await ran.run(async () => void ran.submit("a"))).toBeUndefined();
    await expect(ran.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(ran.submit("b")).rejects.toThrow(BatcherStopped);
    {
      await using scoped = make();
      scoped.start();
      void scoped.submit("c");
    }
    expect(sink.batches).toEqual([["a"], ["c"]]);
  });
});

describe("figures", () => {
  it("are forgotten on request, but for what has not ended", async () => {
    const { batcher, clock, sink } = batcherWorld();
    await batcher.submitAll(numbers(3), { priority: "HIGH" });
    sink.script = () => null;
    void batcher.submit("a");
    await clock.flush();
    expect(batcher.metrics()).toMatchObject({ totalBatchesProcessed: 1, totalRequestsProcessed: 3, avgBatchSize: 3, priorityDistribution: { HIGH: 3 } });
    batcher.resetMetrics();
    expect(batcher.metrics()).toMatchObject({ totalBatchesProcessed: 0, avgBatchSize: 0, priorityDistribution: { HIGH: 0 }, counts: { accepted: 1, inFlight: 1, stored: 0 } });
    sink.calls[1]?.answer(done(["a"]));
    await clock.flush();
    expect(batcher.metrics().counts).toMatchObject({ accepted: 1, stored: 1, inFlight: 0 });
  });
});
