import type { BatchSettled, PriorityCounts } from "../batch/dispatch/batchFact";
import { accepted, batchSettled, caughtUp, counted, countedAnew, moved } from "./countEvents";
import { throughputDone, throughputStarted, throughputStopped } from "../kernel/throughput";
import { withBatch, withTime, withWaits } from "./history";
import type { StoreFact } from "./storeFact";
import { emptyStoreStats, type BreakerStats, type StoreStats } from "./storeStats";

export function reduceStore(stats: StoreStats, fact: StoreFact): StoreStats {
  const counted = withFigures(stats, fact);
  return "time" in fact ? { ...counted, history: withTime(counted.history, fact) } : counted;
}

function withFigures(stats: StoreStats, fact: StoreFact): StoreStats {
  switch (fact.kind) {
    case "backlog":
      return { ...stats, counts: counted(stats.counts, fact.pending, fact.dead) };
    case "queued":
      return { ...stats, counts: queued(stats, fact) };
    case "deferred":
      return { ...stats, counts: deferred(stats, fact) };
    case "discarded":
      return { ...stats, counts: moved(stats.counts, "dead", "cancelled", fact.count) };
    case "caught-up":
      return { ...stats, counts: caughtUp(stats.counts) };
    case "batch-started": {
      const counts = moved(stats.counts, "waiting", "inFlight", fact.events);
      return { ...stats, counts, history: withWaits(stats.history, fact.waitsMs) };
    }
    case "batch-settled":
      return settled(stats, fact);
    case "write-failed": {
      const { class: of, code, message } = fact;
      const totals = { ...stats.totals, failedWrites: stats.totals.failedWrites + 1 };
      return { ...stats, totals, lastFailure: { class: of, code, message } };
    }
    case "retried":
      return { ...stats, totals: { ...stats.totals, retried: stats.totals.retried + fact.count } };
    case "timed-out":
      return { ...stats, totals: { ...stats.totals, timeouts: stats.totals.timeouts + fact.count } };
    case "tuned":
      return { ...stats, load: fact.load, targetSize: fact.target, lanes: fact.lanes };
    case "backpressure":
      return { ...stats, pressure: fact.level };
    case "store-state": {
      const pace = fact.state === "ok" ? throughputStarted(stats.pace, fact.at) : throughputStopped(stats.pace, fact.at);
      return { ...stats, state: fact.state, message: fact.message, pace };
    }
    case "breaker":
      return { ...stats, breaker: breakerChanged(stats.breaker, fact.state, fact.at) };
  }
}

/** The same store with its figures from zero: how it stands, and what it still has to get, stays. `at` is monotonic. */
export function storeStatsAnew(stats: StoreStats, at: number): StoreStats {
  const { totals, history, lastFailure, breaker } = emptyStoreStats;
  const { state, openSince } = stats.breaker;
  return {
    ...stats,
    counts: countedAnew(stats.counts),
    totals,
    history,
    lastFailure,
    breaker: { ...breaker, state, openSince: openSince === null ? null : at },
  };
}

function queued({ counts }: StoreStats, fact: Extract<StoreFact, { kind: "queued" }>): StoreStats["counts"] {
  if (fact.from === "offer") return accepted(counts, "waiting", fact.count);
  return moved(counts, fact.from === "dead" ? "dead" : "deferred", "waiting", fact.count);
}

function deferred({ counts }: StoreStats, fact: Extract<StoreFact, { kind: "deferred" }>): StoreStats["counts"] {
  if (fact.from === "offer") return accepted(counts, "deferred", fact.count);
  return moved(counts, fact.from === "dead" ? "dead" : "waiting", "deferred", fact.count);
}

function settled(stats: StoreStats, fact: BatchSettled): StoreStats {
  const { totals } = stats;
  return {
    ...stats,
    counts: batchSettled(stats.counts, fact),
    totals: {
      ...totals,
      batches: totals.batches + 1,
      travelled: totals.travelled + fact.events,
      writeMs: totals.writeMs + fact.writeMs,
      attempts: totals.attempts + fact.attempts,
      failed: totals.failed + fact.failed,
      priorities: summed(totals.priorities, fact.priorities),
    },
    history: withBatch(stats.history, fact),
    pace: throughputDone(stats.pace, fact.stored + fact.failed, fact.at),
  };
}

function summed(a: PriorityCounts, b: PriorityCounts): PriorityCounts {
  return { LOW: a.LOW + b.LOW, NORMAL: a.NORMAL + b.NORMAL, HIGH: a.HIGH + b.HIGH, CRITICAL: a.CRITICAL + b.CRITICAL };
}

function breakerChanged(breaker: BreakerStats, state: BreakerStats["state"], at: number): BreakerStats {
  const openFor = breaker.openSince === null ? 0 : Math.max(0, at - breaker.openSince);
  const opens = breaker.opens + (state === "open" ? 1 : 0);
  const probes = breaker.probes + (state === "half-open" ? 1 : 0);
  return { state, opens, openMs: breaker.openMs + openFor, openSince: state === "open" ? at : null, probes };
}
