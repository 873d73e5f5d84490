import { describe, expect, it } from "vitest";
import { checkBatcherSettings, defaultBatcherSettings } from "../../../../src/engine/batch/batcher/batcherSettings";
import { exportBatcherMetrics } from "../../../../src/engine/batch/batcher/batcherMetrics";
import { createSignal } from "../../../../src/engine/index";
import { done, failure } from "../../../fakes/scriptedSink";
import { batcherWorld } from "./batcherWorld";

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `i${index}`);

describe("settings", () => {
  it("are refused by name when they are out of their limits", () => {
    const check = (settings: object) => () => checkBatcherSettings({ ...defaultBatcherSettings, ...settings });
    expect(check({})()).toEqual(defaultBatcherSettings);
    expect(check({ concurrency: 51 })).toThrow("expected concurrency to be a whole number from 1 to 50, got 51");
    expect(check({ batchSize: 1.5 })).toThrow("batchSize");
    expect(check({ lingerMs: "1" })).toThrow("lingerMs");
    expect(check({ concurrency: 2, leastConcurrency: 3 })).toThrow("leastConcurrency");
    expect(check({ domains: { a: { concurrency: 0, rps: null, burst: 1 } } })).toThrow("concurrency of a");
  });

  it("change while batches are under way", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 2 });
    sink.script = () => null;
    void batcher.submitAll(numbers(20));
    await clock.flush();
    expect(sink.calls).toHaveLength(2);
    batcher.updateSettings({ ...defaultBatcherSettings, lingerMs: 0, batchSize: 1, concurrency: 5 });
    await clock.flush();
    expect(sink.calls).toHaveLength(5);
    batcher.updateSettings({ ...defaultBatcherSettings, lingerMs: 0, batchSize: 1, concurrency: 1 });
    for (const call of sink.calls.slice(0, 4)) call.answer(done(call.items));
    await clock.flush();
    expect(sink.calls).toHaveLength(5);
    sink.calls[4]?.answer(done(["i4"]));
    await clock.flush();
    expect(sink.calls).toHaveLength(6);
  });
});

describe("a domain's limits", () => {
  it("hold its batches and not those of others", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, domains: { narrow: { concurrency: 2, rps: null, burst: 1 } } });
    sink.script = () => null;
    void batcher.submitAll(numbers(20), (_, index) => ({ domain: index % 2 === 0 ? "narrow" : "wide" }));
    await clock.flush();
    const domains = sink.calls.map(({ context }) => context.domain);
    expect(domains.filter((domain) => domain === "narrow")).toHaveLength(2);
    expect(domains.filter((domain) => domain === "wide").length).toBeGreaterThanOrEqual(5);
  });

  it("spread its starts in time", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, domains: { host: { concurrency: 50, rps: 2, burst: 3 } } });
    const starts: number[] = [];
    sink.script = (items) => {
      starts.push(clock.monotonic());
      return done(items);
    };
    const ends = batcher.submitAll(numbers(6), { domain: "host" });
    await clock.advance(2_000);
    await ends;
    expect(starts).toEqual([0, 0, 0, 500, 1_000, 1_500]);
    expect(clock.pending).toBe(0);
  });
});

describe("a paused domain", () => {
  it("sends nothing until it is resumed, and others go on", async () => {
    const { batcher, clock, sink } = batcherWorld();
    batcher.pause("a");
    const waits = batcher.submit("waits", { domain: "a" });
    expect(await batcher.submit("goes", { domain: "b" })).toBe("goes");
    await clock.advance(60_000);
    expect(sink.batches).toEqual([["goes"]]);
    expect(clock.pending).toBe(0);
    expect(batcher.metrics().domains.get("a")).toMatchObject({ paused: true, waiting: 1 });
    batcher.resume("a");
    expect(await waits).toBe("waits");
  });

  it("gives up what it has when the batcher stops, without waiting for the deadline", async () => {
    const { batcher } = batcherWorld();
    batcher.pause("default");
    const ends = batcher.submitAll(["a"]);
    await batcher.stop(60_000);
    expect(await ends).toEqual([{ kind: "refused", reason: "stopped" }]);
  });
});

describe("slots", () => {
  it("are shared evenly by domains with work, and what one leaves over goes to the longest", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 8 });
    sink.script = () => null;
    const items = [...numbers(50).map((item) => `a${item}`), ...numbers(50).map((item) => `b${item}`), "c"];
    void batcher.submitAll(items, (item) => ({ domain: item[0] ?? "" }));
    await clock.flush();
    const counts = (from: number): Record<string, number> => {
      const found: Record<string, number> = {};
      for (const { context } of sink.calls.slice(from)) found[context.domain] = (found[context.domain] ?? 0) + 1;
      return found;
    };
    expect(counts(0)).toEqual({ a: 3, b: 3, c: 1 });
  });

  it("are all used by a domain that is alone for a while", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 1, concurrency: 6 });
    await batcher.submit("x", { domain: "other" });
    sink.script = () => null;
    void batcher.submitAll(numbers(20), { domain: "alone" });
    await clock.flush();
    expect(sink.calls.length - 1).toBe(3);
    await clock.advance(1_000);
    expect(sink.calls.length - 1).toBe(6);
  });

  it("keep the other nine domains at their pace beside a slow one", async () => {
    const pace = async (slowMs: number): Promise<number> => {
      const { batcher, clock, sink } = batcherWorld({ batchSize: 10, concurrency: 10, queueItems: 100_000 });
      let quick = 0;
      sink.write = (items, { domain }) =>
        new Promise((resolve) =>
          clock.after(domain === "d0" ? slowMs : 10, () => {
            if (domain !== "d0") quick += items.length;
            resolve(done(items));
          }),
        );
      void batcher.submitAll(numbers(40_000), (_, index) => ({ domain: `d${index % 10}` }));
      await clock.advance(3_000);
      await batcher.stop(0);
      return quick;
    };
    expect(await pace(1_000)).toBeGreaterThanOrEqual(0.95 * (await pace(10)));
  });

  it("go to the higher priority first, over all domains", async () => {
    const { batcher, sink } = batcherWorld({ batchSize: 1, concurrency: 1 });
    await batcher.submitAll(["low", "critical", "normal"], (item) => ({
      domain: item,
      priority: item === "low" ? "LOW" : item === "critical" ? "CRITICAL" : "NORMAL",
    }));
    expect(sink.batches.flat()).toEqual(["critical", "normal", "low"]);
  });
});

describe("a LOW item", () => {
  it("starts within its ageing bound among a hundred thousand HIGH ones", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 10, concurrency: 1, queueItems: 200_000, ageingMs: 2_000 });
    let startedAt: number | null = null;
    sink.write = (items) =>
      new Promise((resolve) => {
        if (items.includes("low")) startedAt = clock.monotonic();
        clock.after(10, () => resolve(done(items)));
      });
    void batcher.submitAll(numbers(100_000), { priority: "HIGH" });
    void batcher.submit("low", { priority: "LOW" }).catch(() => undefined);
    await clock.advance(5_000);
    await batcher.stop(0);
    expect(startedAt).toBeGreaterThan(0);
    expect(startedAt).toBeLessThanOrEqual(4_020);
  });
});

describe("the size of batches", () => {
  it("follows the load between a quarter and twice of what is configured", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 100, adaptive: true, queueItems: 1_000, concurrency: 1, lingerMs: 10 });
    sink.script = () => null;
    void batcher.submitAll(numbers(1_000));
    const target = (): number => batcher.metrics().adaptiveBatchSize;
    await clock.flush();
    const answerLast = async (): Promise<void> => {
      const call = sink.calls[sink.calls.length - 1];
      call?.answer(done(call.items));
      await clock.flush();
      void batcher.submitAll(numbers(1_000));
      await clock.flush();
    };
    expect(target()).toBe(100);
    await clock.advance(1_000);
    await answerLast();
    expect(target()).toBe(150);
    await answerLast();
    expect(target()).toBe(200);
    await answerLast();
    expect(target()).toBe(200);
    expect(sink.calls[3]?.items).toHaveLength(200);
    expect(batcher.metrics().currentLoad).toBeGreaterThan(0.8);
    sink.script = done;
    sink.calls[sink.calls.length - 1]?.answer(done(sink.calls[sink.calls.length - 1]?.items ?? []));
    await clock.advance(10);
    for (let round = 0; round < 10; round += 1) {
      void batcher.submit("one");
      await clock.advance(10);
    }
    expect(target()).toBe(25);
    expect(batcher.metrics().currentLoad).toBeLessThan(0.3);
  });

  it("stays where adapting is off", async () => {
    const { batcher, sink } = batcherWorld({ batchSize: 100, queueItems: 1_000 });
    await batcher.submitAll(numbers(1_000));
    expect(sink.batches.map((items) => items.length)).toEqual(Array.from({ length: 10 }, () => 100));
  });
});

describe("metrics", () => {
  it("are exported under their names", async () => {
    const { batcher, clock, sink } = batcherWorld({ batchSize: 10 });
    let calls = 0;
    sink.script = (items) => ((calls += 1) === 1 ? failure("throttled", { retryAfterMs: 100 }) : items.map((value) => (value === "i3" ? failure("data") : { kind: "done", value })));
    const source = createSignal();
    const ends = batcher.submitAll(numbers(10), (item, index) => ({ dedupeKey: item, priority: index === 0 ? "CRITICAL" : "NORMAL" }));
    void batcher.submitAll(["again"], { dedupeKey: "i1" });
    void batcher.submitAll(["gone"], { signal: source.signal });
    source.abort();
    await clock.advance(1_000);
    await ends;
    expect(exportBatcherMetrics(batcher.metrics())).toMatchObject({
      total_batches_processed: 2,
      total_requests_processed: 10,
      avg_batch_size: 10,
      avg_batch_processing_time: 0,
      avg_request_wait_time: 0,
      timeouts: 0,
      priority_distribution: { LOW: 0, NORMAL: 9, HIGH: 0, CRITICAL: 1 },
      queue_size: 0,
      adaptive_batch_size: 10,
      current_load: 0,
      batch_avg_latency_ms: 0,
      accepted: 11,
      stored: 9,
      failed: 1,
      failed_writes: 2,
      duplicates: 1,
      retried: 10,
      deferred: 0,
      dead: 1,
      cancelled: 1,
      refused: 0,
      backpressure: "ok",
      breaker: { state: "closed", opens: 0, open_ms: 0, probes: 0 },
      wait_ms: { p50: 0, p95: 0, p99: 0 },
      batch_ms: { p50: 0 },
      end_to_end_ms: { p50: 100, p99: 100 },
      domains: { default: { in_flight: 0, concurrency: 5, trouble: null } },
      last_failure: { class: "data" },
    });
  });

  it("tell how late the host's timers are, while there is work", async () => {
    const { batcher, clock, sink } = batcherWorld();
    sink.script = () => null;
    void batcher.submitAll(["a"]);
    await clock.flush();
    expect(clock.pending).toBeGreaterThan(0);
    sink.calls[0]?.answer(done(["a"]));
    await clock.advance(0);
    expect(batcher.metrics().lagMs).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
