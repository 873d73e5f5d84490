import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchFact } from "../../../src/engine/batch/dispatch/batchFact";
import { etaOf, throughputDone, throughputStarted, throughputStopped, stoppedThroughput } from "../../../src/engine/kernel/throughput";
import { exportStats } from "../../../src/engine/stats/exportStats";
import type { Fact } from "../../../src/engine/stats/fact";
import { emptyHistogram, meanOf, percentile, withDurations } from "../../../src/engine/kernel/histogram";
import { emptyStats, reduce, type Stats } from "../../../src/engine/stats/reduce";
import { emptyStoreStats, type StoreStats } from "../../../src/engine/stats/storeStats";
import { expectBalanced } from "./identity";

const store = "neo4j";

function after(...facts: readonly Fact[]): Stats {
  return facts.reduce(reduce, emptyStats);
}

function of(stats: Stats): StoreStats {
  return stats.stores.get(store) ?? emptyStoreStats;
}

function settled(
  over: Partial<Extract<BatchFact, { kind: "batch-settled" }>>,
): Extract<BatchFact, { kind: "batch-settled" }> {
  const priorities = { LOW: 0, NORMAL: 0, HIGH: 0, CRITICAL: 0 };
  const none = { stored: 0, failed: 0, returned: 0, deferred: 0 };
  return {
    store,
    kind: "batch-settled",
    batch: 1,
    events: 0,
    ...none,
    ms: 100,
    writeMs: 90,
    attempts: 1,
    bytes: 1_000,
    latenciesMs: [],
    priorities,
    at: 0,
    time: 0,
    ...over,
  };
}

describe("where events are", () => {
  it("is known after each fact of an ordinary day", () => {
    const stats = after(
      { kind: "backlog", store, pending: 10, dead: 2 },
      { kind: "queued", store, count: 10, from: "journal" },
      { kind: "caught-up", store },
      { kind: "queued", store, count: 5, from: "offer" },
      { kind: "deferred", store, count: 3, from: "offer" },
      { kind: "batch-started", store, batch: 1, events: 15, waitsMs: [] },
      settled({ events: 15, stored: 11, failed: 1, returned: 2, deferred: 1 }),
      { kind: "queued", store, count: 1, from: "dead" },
      { kind: "discarded", store, count: 0 },
    );
    expect(of(stats).counts).toEqual({
      accepted: 20,
      stored: 11,
      deferred: 4,
      dead: 2,
      waiting: 3,
      inFlight: 0,
      cancelled: 0,
    });
  });

  it("always adds up, whatever facts come in whatever order", () => {
    const count = fc.nat(20);
    const fact: fc.Arbitrary<Fact> = fc.oneof(
      fc.record({ kind: fc.constant("backlog" as const), store: fc.constant(store), pending: count, dead: count }),
      fc.record({
        kind: fc.constant("queued" as const),
        store: fc.constant(store),
        count,
        from: fc.constantFrom("offer" as const, "journal" as const, "dead" as const),
      }),
      fc.record({
        kind: fc.constant("deferred" as const),
        store: fc.constant(store),
        count,
        from: fc.constantFrom("offer" as const, "queue" as const, "dead" as const),
      }),
      fc.constant({ kind: "caught-up" as const, store }),
      fc.record({ kind: fc.constant("discarded" as const), store: fc.constant(store), count }),
      fc.record({ kind: fc.constant("reset" as const), at: count }),
      fc.record({
        kind: fc.constant("batch-started" as const),
        store: fc.constant(store),
        batch: count,
        events: count,
        waitsMs: fc.constant([]),
      }),
      fc
        .record({ stored: count, failed: count, returned: count, deferred: count })
        .map((parts) => settled({ ...parts, events: parts.stored + parts.failed + parts.returned + parts.deferred })),
    );
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 60 }), (facts) => {
        let stats = emptyStats;
        for (const one of facts) {
          stats = reduce(stats, one);
          expectBalanced(of(stats).counts);
        }
      }),
    );
  });

  it("is kept apart for each store", () => {
    const stats = after(
      { kind: "queued", store, count: 2, from: "offer" },
      { kind: "queued", store: "other", count: 3, from: "offer" },
    );
    expect([...stats.stores].map(([name, one]) => [name, one.counts.waiting])).toEqual([
      ["neo4j", 2],
      ["other", 3],
    ]);
  });
});

describe("what is counted", () => {
  it("is the journal, and what is wrong with files until it is right again", () => {
    const problem = { path: "a.canvas", line: 3, column: 1, reason: "not JSON" };
    const other = { path: "b.canvas", line: null, column: null, reason: "unreadable" };
    const stats = after(
      { kind: "recorded", count: 4 },
      { kind: "recorded", count: 1 },
      { kind: "duplicate", count: 2 },
      { kind: "invalid", count: 3 },
      { kind: "problem", problem },
      { kind: "problem", problem: { ...problem } },
      { kind: "problem", problem: other },
      { kind: "problem-cleared", path: "a.canvas" },
      { kind: "journal", state: { kind: "failing", fault: "full", message: "The disk is full." } },
    );
    expect(stats.journal).toEqual({
      recorded: 5,
      duplicates: 2,
      invalid: 3,
      state: { kind: "failing", fault: "full", message: "The disk is full." },
    });
    expect(stats.problems).toEqual([other]);
  });

  it("moves with every fact of sending", () => {
    const stats = after(
      { kind: "queued", store, count: 4, from: "offer" },
      { kind: "batch-started", store, batch: 7, events: 4, waitsMs: [10, 20, 30, 40] },
      { kind: "write-failed", store, class: "contention", code: "Deadlock", message: "In the way.", time: 0 },
      { kind: "retried", store, count: 4, time: 0 },
      { kind: "timed-out", store, count: 2 },
      { kind: "tuned", store, load: 0.5, target: 140, lanes: 9, time: 0 },
      settled({
        batch: 7,
        events: 4,
        stored: 3,
        failed: 1,
        ms: 250,
        attempts: 2,
        latenciesMs: [260, 270, 280],
        priorities: { LOW: 1, NORMAL: 2, HIGH: 1, CRITICAL: 0 },
      }),
      { kind: "store-state", store, state: "ok", message: null, at: 5 },
    );
    const one = of(stats);
    expect(one.totals).toEqual({
      batches: 1,
      travelled: 4,
      writeMs: 90,
      attempts: 2,
      retried: 4,
      failed: 1,
      failedWrites: 1,
      timeouts: 2,
      priorities: { LOW: 1, NORMAL: 2, HIGH: 1, CRITICAL: 0 },
    });
    expect(one.lastFailure).toEqual({ class: "contention", code: "Deadlock", message: "In the way." });
    expect([one.state, one.load, one.targetSize, one.lanes]).toEqual(["ok", 0.5, 140, 9]);
    expect(one.history.batches).toEqual([{ batch: 7, at: 0, events: 4, stored: 3, failed: 1, bytes: 1_000, ms: 250, attempts: 2 }]);
    expect([one.history.wait.count, one.history.batch.count, one.history.endToEnd.count]).toEqual([4, 1, 3]);
  });

  it("counts openings, open time and probes of a breaker", () => {
    const stats = after(
      { kind: "breaker", store, state: "open", at: 1_000, time: 0 },
      { kind: "breaker", store, state: "half-open", at: 3_000, time: 0 },
      { kind: "breaker", store, state: "open", at: 3_500, time: 0 },
      { kind: "breaker", store, state: "half-open", at: 7_500, time: 0 },
      { kind: "breaker", store, state: "closed", at: 7_600, time: 0 },
    );
    expect(of(stats).breaker).toEqual({ state: "closed", opens: 2, openMs: 6_000, openSince: null, probes: 2 });
  });

  it("keeps the newest 50 batches", () => {
    const stats = after(...Array.from({ length: 60 }, (_, index) => settled({ batch: index })));
    expect(of(stats).history.batches.map((one) => one.batch)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 10),
    );
  });
});

describe("percentiles", () => {
  it("are at most 9 % too high", () => {
    const list = Array.from({ length: 1_000 }, (_, index) => (index + 1) * 3);
    const histogram = withDurations(emptyHistogram, list);
    for (const share of [0.5, 0.95, 0.99]) {
      const exact = share * 3_000;
      expect(percentile(histogram, share) ?? 0).toBeGreaterThanOrEqual(exact);
      expect(percentile(histogram, share) ?? 0).toBeLessThanOrEqual(exact * 1.0906);
    }
    expect(meanOf(histogram)).toBe(1_501.5);
  });

  it("take no more memory for more or for stranger durations", () => {
    const many = withDurations(
      emptyHistogram,
      Array.from({ length: 5_000 }, (_, index) => index),
    );
    const strange = withDurations(many, [0, -1, 1e12, Number.NaN, 0.0001]);
    expect(strange.buckets).toHaveLength(many.buckets.length);
    expect(strange.count).toBe(5_005);
    expect(meanOf(strange)).toBeCloseTo((1e12 + 12_497_500) / 5_005, 0);
    expect(percentile(emptyHistogram, 0.5)).toBeNull();
    expect(percentile(withDurations(emptyHistogram, [42]), 0.99)).toBe(42);
  });
});

describe("the time that is left", () => {
  it("is unknown before three items, then a range around the truth", () => {
    let pace = throughputStarted(stoppedThroughput, 0);
    pace = throughputDone(pace, 2, 100);
    expect(etaOf(pace, 1_000)).toBeNull();
    for (let at = 200; at <= 60_000; at += 100) pace = throughputDone(pace, 5, at);
    const eta = etaOf(pace, 1_000);
    expect(eta?.leastMs ?? 0).toBeLessThanOrEqual(eta?.likelyMs ?? 0);
    expect(eta?.mostMs ?? 0).toBeGreaterThanOrEqual(eta?.likelyMs ?? 0);
    expect(Math.abs((eta?.likelyMs ?? 0) - 20_000)).toBeLessThan(400);
  });

  it("widens when the pace changes", () => {
    let pace = throughputStarted(stoppedThroughput, 0);
    for (let at = 100; at <= 30_000; at += 100) pace = throughputDone(pace, 10, at);
    for (let at = 30_100; at <= 36_000; at += 100) pace = throughputDone(pace, 1, at);
    const eta = etaOf(pace, 100);
    expect((eta?.mostMs ?? 0) / (eta?.leastMs ?? 1)).toBeGreaterThan(1.5);
  });

  it("stands still while nothing may be sent", () => {
    let pace = throughputStarted(stoppedThroughput, 0);
    for (let at = 100; at <= 10_000; at += 100) pace = throughputDone(pace, 1, at);
    const before = etaOf(pace, 100);
    pace = throughputStopped(pace, 10_000);
    expect(etaOf(pace, 100)).toBeNull();
    pace = throughputStarted(pace, 3_600_000);
    expect(etaOf(pace, 100)).toEqual(before);
  });
});

describe("the figures for other programs", () => {
  const facts: readonly Fact[] = [
    { kind: "duplicate", count: 3 },
    { kind: "backlog", store, pending: 2, dead: 5 },
    { kind: "queued", store, count: 8, from: "offer" },
    { kind: "batch-started", store, batch: 1, events: 6, waitsMs: [10, 10, 10, 10, 10, 10] },
    settled({
      events: 6,
      stored: 5,
      failed: 1,
      ms: 120,
      writeMs: 100,
      latenciesMs: [130, 130, 130, 130, 130],
      priorities: { LOW: 0, NORMAL: 6, HIGH: 0, CRITICAL: 0 },
    }),
    { kind: "tuned", store, load: 0.2, target: 140, lanes: 10, time: 0 },
    { kind: "breaker", store, state: "open", at: 1_000, time: 0 },
  ];

  it("have the names that they always had", () => {
    expect(exportStats(after(...facts), store, 1_500)).toMatchObject({
      total_batches_processed: 1,
      total_requests_processed: 6,
      avg_batch_size: 6,
      avg_batch_processing_time: 120,
      avg_request_wait_time: 10,
      timeouts: 0,
      priority_distribution: { LOW: 0, NORMAL: 6, HIGH: 0, CRITICAL: 0 },
      queue_size: 2,
      adaptive_batch_size: 140,
      current_load: 0.2,
      batch_avg_latency_ms: 120,
      event_avg_ms: 20,
      failed: 1,
      duplicates: 3,
      retried: 0,
      deferred: 2,
      dead: 6,
      cancelled: 0,
      backpressure: "ok",
      accepted: 15,
      in_flight: 0,
      concurrency: 10,
      wait_ms: { p50: 10, p95: 10, p99: 10 },
      batch_ms: { p50: 120, p95: 120, p99: 120 },
      end_to_end_ms: { p50: 130, p95: 130, p99: 130 },
      breaker: { state: "open", opens: 1, open_ms: 500, probes: 0 },
    });
  });

  it("count a letter that a person discarded as cancelled, and the level of what waits", () => {
    const stats = after(...facts, { kind: "discarded", store, count: 2 }, { kind: "backpressure", store, level: "slow" });
    expect(exportStats(stats, store, 0)).toMatchObject({ accepted: 15, dead: 4, cancelled: 2, backpressure: "slow" });
    expectBalanced(of(stats).counts);
  });

  it("begin at zero when a person resets them; what is still to be done stays where it is", () => {
    const before = after(
      ...facts,
      { kind: "recorded", count: 9 },
      { kind: "invalid", count: 1 },
      { kind: "retried", store, count: 3, time: 0 },
      { kind: "write-failed", store, class: "unavailable", code: "Away", message: "Away.", time: 0 },
      { kind: "timed-out", store, count: 1 },
      { kind: "discarded", store, count: 1 },
      { kind: "store-state", store, state: "unavailable", message: "Away.", at: 1_400 },
    );
    const stats = reduce(before, { kind: "reset", at: 2_000 });
    expectBalanced(of(stats).counts);
    const zeros = ["total_batches_processed", "total_requests_processed", "avg_batch_size", "avg_batch_processing_time"];
    const more = ["avg_request_wait_time", "timeouts", "batch_avg_latency_ms", "event_avg_ms", "stored", "failed", "failed_writes"];
    const exported = exportStats(stats, store, 2_500);
    for (const name of [...zeros, ...more, "duplicates", "retried", "cancelled"]) expect(exported[name], name).toBe(0);
    expect(exported).toMatchObject({ queue_size: 2, deferred: 2, dead: 5, accepted: 9, in_flight: 0 });
    expect(exported).toMatchObject({ adaptive_batch_size: 140, current_load: 0.2, concurrency: 10, last_failure: null });
    expect(exported).toMatchObject({ breaker: { state: "open", opens: 0, open_ms: 500, probes: 0 }, wait_ms: { p50: null } });
    expect(of(stats)).toMatchObject({ state: "unavailable", message: "Away." });
    expect(stats.journal).toEqual({ state: { kind: "ok" }, recorded: 0, duplicates: 0, invalid: 0 });
  });

  it("are plain JSON, also for a store that was never opened", () => {
    for (const name of [store, "none", "__proto__"]) {
      const exported = exportStats(after(...facts), name, 0);
      expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
    }
    expect(exportStats(emptyStats, "none", 0)).toMatchObject({
      total_batches_processed: 0,
      avg_batch_size: 0,
      eta_ms: null,
    });
  });
});
