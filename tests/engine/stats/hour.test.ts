import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchHistory, type BatchHistory } from "../../../src/engine/stats/batchHistory";
import type { Fact } from "../../../src/engine/stats/fact";
import { emptyStats, reduce, type Stats } from "../../../src/engine/stats/reduce";

const store = "neo4j";
const MINUTE = 60_000;
/** The begin of a minute. */
const NOON = Date.UTC(2026, 2, 1, 12);

function settled(time: number, over: { readonly stored?: number; readonly failed?: number; readonly returned?: number; readonly ms?: number; readonly bytes?: number } = {}): Fact {
  const { stored = 1, failed = 0, returned = 0, ms = 100, bytes = 500 } = over;
  const priorities = { LOW: 0, NORMAL: stored + failed, HIGH: 0, CRITICAL: 0 };
  const events = stored + failed + returned;
  return { store, kind: "batch-settled", batch: 1, events, stored, failed, returned, deferred: 0, ms, writeMs: ms, attempts: 1, bytes, latenciesMs: [], priorities, at: 0, time };
}

function after(facts: readonly Fact[], stats: Stats = emptyStats): Stats {
  return facts.reduce((sum, fact) => reduce(sum, fact), stats);
}

function seen(facts: readonly Fact[], now: number): BatchHistory {
  return batchHistory(after(facts), store, now);
}

describe("the last hour of a store", () => {
  it("is empty before anything happened, and for a store that nobody knows", () => {
    for (const nothing of [batchHistory(emptyStats, store, NOON), batchHistory(after([settled(NOON)]), "other", NOON)]) {
      expect(nothing).toMatchObject({ minutes: [], batches: [], hour: { batches: 0, meanSize: null, load: null, latency: { p50: null, p95: null } } });
    }
  });

  it("has what happened by the minute, and leaves quiet minutes out", () => {
    const { hour, minutes } = seen(
      [
        settled(NOON + 1_000, { stored: 10, ms: 80, bytes: 4_000 }),
        settled(NOON + 59_999, { stored: 20, failed: 1, returned: 3, ms: 400, bytes: 6_000 }),
        { kind: "retried", store, count: 7, time: NOON + 59_999 },
        { kind: "write-failed", store, class: "contention", code: "Deadlock", message: "In the way.", time: NOON + 59_999 },
        { kind: "tuned", store, load: 0.9, target: 150, lanes: 4, time: NOON + 2 * MINUTE },
        { kind: "tuned", store, load: 0.2, target: 70, lanes: 4, time: NOON + 2 * MINUTE + 5 },
        { kind: "breaker", store, state: "open", at: 0, time: NOON + 2 * MINUTE + 6 },
        { kind: "breaker", store, state: "half-open", at: 0, time: NOON + 2 * MINUTE + 7 },
      ],
      NOON + 3 * MINUTE,
    );
    expect(minutes).toHaveLength(2);
    expect(minutes[0]).toMatchObject({ at: NOON, batches: 2, travelled: 34, stored: 30, failed: 1, retried: 7, failedWrites: 1, bytes: 10_000, meanSize: 17, targetSize: null, load: null, opens: 0 });
    expect(minutes[0]?.latency.p50 ?? 0).toBeGreaterThanOrEqual(80);
    expect(minutes[0]?.latency.p50 ?? 0).toBeLessThan(90);
    expect(minutes[0]?.latency.p95).toBe(400);
    expect(hour).toMatchObject({ batches: 2, travelled: 34, stored: 30, failed: 1, retried: 7, failedWrites: 1, bytes: 10_000, meanSize: 17, load: 0.9, opens: 1 });
    expect(hour.latency).toEqual(minutes[0]?.latency);
    const nothing = { batches: 0, travelled: 0, stored: 0, failed: 0, retried: 0, failedWrites: 0, bytes: 0, meanSize: null };
    const latency = { p50: null, p95: null, p99: null };
    expect(minutes[1]).toEqual({ at: NOON + 2 * MINUTE, ...nothing, latency, targetSize: 70, load: 0.9, opens: 1 });
  });

  it("forgets a minute an hour later, without any further fact", () => {
    const facts = [settled(NOON), settled(NOON + 30 * MINUTE)];
    expect(seen(facts, NOON + 59 * MINUTE + 59_999).minutes).toHaveLength(2);
    expect(seen(facts, NOON + 60 * MINUTE).minutes.map(({ at }) => at)).toEqual([NOON + 30 * MINUTE]);
    expect(seen(facts, NOON + 24 * 60 * MINUTE).minutes).toEqual([]);
  });

  it("keeps the age of what it has when the clock is set back", () => {
    const facts = [settled(NOON), settled(NOON + 10 * MINUTE)];
    const wrong = 24 * 60 * MINUTE;
    const back = NOON + 10 * MINUTE - wrong;
    expect(seen(facts, back).minutes.map(({ at }) => at)).toEqual([NOON - wrong, back]);
    const later = [...facts, settled(back + MINUTE)];
    expect(seen(later, back + MINUTE).minutes.map(({ at }) => at)).toEqual([NOON + MINUTE - wrong, back + MINUTE]);
    expect(seen(later, back + 55 * MINUTE).minutes).toHaveLength(1);
  });

  it("counts into the newest minute when the clock is corrected at the turn of a minute", () => {
    const { minutes } = seen([settled(NOON - 1), settled(NOON), settled(NOON - 1)], NOON - 1);
    expect(minutes.map(({ at, batches }) => [at, batches])).toEqual([
      [NOON - MINUTE, 1],
      [NOON, 2],
    ]);
  });

  it("begins anew when a person resets the figures", () => {
    const stats = after([settled(NOON), { kind: "reset", at: 0 }]);
    expect(batchHistory(stats, store, NOON)).toMatchObject({ minutes: [], batches: [], hour: { travelled: 0 } });
  });

  it("is bounded, in order and never younger than the clock, whatever the clock does; as long as it goes on it adds up", () => {
    const step = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 3 * MINUTE }) }, fc.integer({ min: -200 * MINUTE, max: 200 * MINUTE }));
    const batch = fc.record({ step, stored: fc.nat(50), failed: fc.nat(5), returned: fc.nat(5), ms: fc.nat(5_000) });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 150 }), (batches) => {
        let time = NOON;
        let stats = emptyStats;
        for (const { step: by, ...counts } of batches) {
          time += by;
          stats = reduce(stats, settled(time, counts));
          const { minutes } = batchHistory(stats, store, time);
          expect(minutes.length).toBeLessThanOrEqual(60);
          expect(minutes.map(({ at }) => at)).toEqual([...new Set(minutes.map(({ at }) => at))].sort((a, b) => a - b));
          for (const { at } of minutes) expect(at > time - 60 * MINUTE && at <= time + MINUTE).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(fc.array(batch.map((one) => ({ ...one, step: Math.abs(one.step) % MINUTE })), { maxLength: 59 }), (batches) => {
        let time = NOON;
        const facts = batches.map(({ step: by, ...counts }) => settled((time += by), counts));
        const stats = after(facts);
        const { minutes } = batchHistory(stats, store, time);
        const sum = (pick: (minute: (typeof minutes)[number]) => number): number => minutes.reduce((all, minute) => all + pick(minute), 0);
        const one = stats.stores.get(store);
        expect([sum((m) => m.batches), sum((m) => m.travelled), sum((m) => m.failed), sum((m) => m.stored)]).toEqual([
          one?.totals.batches ?? 0,
          one?.totals.travelled ?? 0,
          one?.totals.failed ?? 0,
          one?.counts.stored ?? 0,
        ]);
      }),
    );
  });
});

describe("the last batches", () => {
  it("are the newest 50, the newest one first, with the time of their end", () => {
    const facts = Array.from({ length: 60 }, (_, index) => settled(NOON + index, { stored: index, bytes: index * 10 }));
    const { batches } = seen(facts, NOON);
    expect(batches).toHaveLength(50);
    expect(batches[0]).toEqual({ batch: 1, at: NOON + 59, events: 59, stored: 59, failed: 0, bytes: 590, ms: 100, attempts: 1 });
  });
});
