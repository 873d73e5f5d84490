import { describe, expect, it, vi } from "vitest";
import { createSignal } from "../../../../src/engine/index";
import { MemoryOverflow } from "../../../fakes/memoryOverflow";
import { done } from "../../../fakes/scriptedSink";
import { batcherWorld, expectIdentity } from "./batcherWorld";

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `i${index}`);

describe("items beyond the bound of memory", () => {
  it("wait in the overflow and run in order, inside each key over memory and overflow", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 10, batchSize: 4 }, { overflow });
    const ends = batcher.submitAll(numbers(1_000), (_, index) => ({ key: `k${index % 3}` }));
    expect(batcher.metrics()).toMatchObject({ queueSize: 10, deferred: 990, backpressure: "spill", counts: { accepted: 1_000 } });
    expectIdentity(batcher);
    await clock.advance(0);
    expect((await ends).every(({ kind }) => kind === "done")).toBe(true);
    expect(overflow.mostItems).toBeGreaterThan(900);
    expect(overflow.size).toBe(0);
    for (const rest of [0, 1, 2]) {
      const ofKey = sink.batches.flat().filter((item) => Number(item.slice(1)) % 3 === rest);
      expect(ofKey).toEqual(numbers(1_000).filter((_, index) => index % 3 === rest));
    }
    expect(sink.batches.flat()).toHaveLength(1_000);
    await clock.advance(0);
    expect(clock.pending).toBe(0);
    expect(batcher.metrics()).toMatchObject({ deferred: 0, backpressure: "ok" });
  });

  it("come behind those that already wait there although memory has room again", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 1, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    const ends = batcher.submitAll(["a", "b"], { key: "k" });
    await clock.flush();
    const last = batcher.submitAll(["c"], { key: "k" });
    for (let call = 0; call < 3; call += 1) {
      sink.calls[call]?.answer(done(sink.batches[call] ?? []));
      await clock.flush();
    }
    await Promise.all([ends, last]);
    expect(sink.batches).toEqual([["a"], ["b"], ["c"]]);
  });

  it("are refused when the overflow has no room either, and nothing of them runs", async () => {
    const overflow = new MemoryOverflow<string>(0);
    const { batcher, clock, sink } = batcherWorld({ queueItems: 2, lingerMs: 10 }, { overflow });
    const ends = batcher.submitAll(numbers(5));
    await clock.advance(10);
    expect((await ends).map((end) => (end.kind === "refused" ? end.reason : end.kind))).toEqual(["done", "done", "queue-full", "queue-full", "queue-full"]);
    expect(sink.batches.flat()).toEqual(["i0", "i1"]);
    expect(batcher.metrics()).toMatchObject({ refused: 3, counts: { accepted: 2, deferred: 0 } });
    expectIdentity(batcher);
  });

  it("are refused with a message when the overflow fails, and later ones are taken", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, errors } = batcherWorld({ queueItems: 1, lingerMs: 10 }, { overflow });
    overflow.failing = new Error("no disk");
    const ends = batcher.submitAll(["a", "b"]);
    await clock.flush();
    overflow.failing = null;
    const later = batcher.submitAll(["c"]);
    await clock.advance(20);
    expect((await ends).map(({ kind }) => kind)).toEqual(["done", "refused"]);
    expect(await later).toMatchObject([{ kind: "done" }]);
    expect(errors).toEqual(["items of default are refused, for the overflow did not take them: no disk"]);
  });

  it("wait while the overflow cannot be read, and it is read again later", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink, errors } = batcherWorld({ queueItems: 1, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    const ends = batcher.submitAll(["a", "b", "c"]);
    await clock.flush();
    overflow.failing = new Error("no disk");
    sink.script = done;
    sink.calls[0]?.answer(done(["a"]));
    await clock.advance(1_500);
    overflow.failing = null;
    await clock.advance(1_000);
    expect((await ends).map(({ kind }) => kind)).toEqual(["done", "done", "done"]);
    expect(new Set(errors)).toEqual(new Set(["items of default wait, for the overflow could not be read: no disk"]));
    expect(clock.pending).toBe(0);
  });

  it("that the overflow lost end as failed, and the others are not taken for them", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 1, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    const ends = batcher.submitAll(["a", "b", "c", "d"], { key: "k" });
    await clock.flush();
    expect(sink.batches).toEqual([["a"]]);
    overflow.loseFirst("default");
    for (let call = 0; call < 4; call += 1) {
      sink.calls[call]?.answer(done(sink.batches[call] ?? []));
      await clock.flush();
    }
    const values = (await ends).map((end) => (end.kind === "done" ? end.value : end.kind));
    expect(values.filter((value) => value === "failed")).toHaveLength(1);
    expect(values.filter((value) => value !== "failed")).toEqual(sink.batches.flat());
    expect(values.map((value, index) => value === "failed" || value === ["a", "b", "c", "d"][index])).not.toContain(false);
    expectIdentity(batcher);
  });

  it("can be cancelled and time out there, and never run", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 1, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    const source = createSignal();
    const ends = batcher.submitAll(["a", "b", "c", "d", "e"], (item) =>
      item === "c" ? { signal: source.signal } : item === "d" ? { deadlineMs: 50 } : {},
    );
    await clock.flush();
    source.abort();
    await clock.advance(50);
    expectIdentity(batcher);
    sink.script = done;
    sink.calls[0]?.answer(done(["a"]));
    await clock.advance(0);
    expect((await ends).map(({ kind }) => kind)).toEqual(["done", "done", "cancelled", "timed-out", "done"]);
    expect(sink.batches.flat()).toEqual(["a", "b", "e"]);
    expectIdentity(batcher);
    expect(overflow.size).toBe(0);
  });

  it("are flushed by a stop while its deadline allows, and are refused after it with nothing left on disk", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 2, batchSize: 1, concurrency: 1 }, { overflow });
    const flushed = batcher.submitAll(numbers(20));
    await batcher.stop(1_000);
    expect((await flushed).every(({ kind }) => kind === "done")).toBe(true);
    batcher.start();
    sink.script = () => null;
    const ends = batcher.submitAll(numbers(10));
    await clock.flush();
    const stopped = batcher.stop(100);
    await clock.advance(100);
    await stopped;
    expect((await ends).map(({ kind }) => kind)).toEqual(["cancelled", ...numbers(9).map(() => "refused")]);
    expect(overflow.size).toBe(0);
    expect(clock.pending).toBe(0);
    expectIdentity(batcher);
    batcher.start();
    sink.script = done;
    expect((await batcher.submitAll(numbers(10))).every(({ kind }) => kind === "done")).toBe(true);
  });

  it("that are just being put there when the batcher stops end too", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 1, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    const release = overflow.hold();
    const ends = batcher.submitAll(["a", "b", "c"]);
    await clock.flush();
    const stopped = batcher.stop(0);
    release();
    await stopped;
    expect(await Promise.race([ends.then((all) => all.map(({ kind }) => kind)), clock.flush()])).toEqual(["cancelled", "refused", "refused"]);
    expect(batcher.metrics()).toMatchObject({ deferred: 0, counts: { cancelled: 3 } });
    expect(overflow.size).toBe(0);
  });

  it("keep no timer busy while memory has no room for them and the overflow once could not be read", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld({ queueItems: 2, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    void batcher.submitAll(numbers(5));
    await clock.flush();
    overflow.failing = new Error("no disk");
    sink.calls[0]?.answer(done(["i0"]));
    await clock.flush();
    overflow.failing = null;
    void batcher.submitAll(["other"], { domain: "other" });
    await clock.flush();
    expect(batcher.metrics()).toMatchObject({ queueSize: 2, deferred: 2 });
    const plan = clock.after.bind(clock);
    const after = vi.spyOn(clock, "after").mockImplementation((ms, run) => (after.mock.calls.length > 10 ? () => undefined : plan(ms, run)));
    await clock.advance(5_000);
    expect(after.mock.calls.length).toBeLessThan(5);
  });

  it("are taken again by a later start although the overflow could not be emptied at a stop, and never mixed with those of before", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink, errors } = batcherWorld({ queueItems: 1, batchSize: 1, concurrency: 1 }, { overflow });
    sink.script = () => null;
    const ofBefore = batcher.submitAll(["old a", "old b", "old c"]);
    await clock.flush();
    overflow.failing = new Error("no disk");
    await batcher.stop(0);
    expect((await ofBefore).map(({ kind }) => kind)).toEqual(["cancelled", "refused", "refused"]);
    batcher.start();
    sink.script = done;
    const refused = batcher.submitAll(["a", "b"]);
    await clock.flush();
    overflow.failing = null;
    const ends = batcher.submitAll(["c", "d", "e"]);
    await clock.advance(5_000);
    expect((await refused).map(({ kind }) => kind)).toEqual(["done", "refused"]);
    expect((await ends).map((end) => (end.kind === "done" ? end.value : end.kind))).toEqual(["c", "d", "e"]);
    expect(sink.batches.flat()).toEqual(["old a", "a", "c", "d", "e"]);
    expect(errors).toContain("an overflow keeps items that nobody waits for: no disk");
    expect(overflow.size).toBe(0);
  });

  it("of one domain leave the others their share of memory", async () => {
    const overflow = new MemoryOverflow<string>();
    const { batcher, clock, sink } = batcherWorld(
      { queueItems: 10, batchSize: 1, domains: { slow: { concurrency: 2, rps: null, burst: 1 } } },
      { overflow },
    );
    sink.script = (items, { domain }) => (domain === "slow" ? null : done(items));
    void batcher.submitAll(numbers(100), { domain: "slow" });
    await clock.flush();
    expect((await batcher.submitAll(numbers(100), { domain: "quick" })).every(({ kind }) => kind === "done")).toBe(true);
    expect(batcher.metrics().domains.get("slow")?.deferred).toBeGreaterThan(50);
    expect(batcher.metrics().queueSize).toBeLessThanOrEqual(20);
  });
});
