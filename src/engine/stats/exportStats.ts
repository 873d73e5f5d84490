import type { JsonObject } from "../kernel/json";
import { etaOf } from "../kernel/throughput";
import { meanOf } from "../kernel/histogram";
import { percentilesOf } from "./history";
import type { Stats } from "./reduce";
import { emptyStoreStats, type StoreStats } from "./storeStats";

/**
 * The figures of one store (and of the journal before it) for other programs, in snake_case. Durations are
 * milliseconds. A store that was never opened has zeros. `now` is monotonic.
 */
export function exportStats(stats: Stats, store: string, now: number): JsonObject {
  const found = stats.stores.get(store) ?? emptyStoreStats;
  const { counts, totals, history } = found;
  return {
    total_batches_processed: totals.batches,
    total_requests_processed: counts.stored + totals.failed,
    avg_batch_size: totals.batches === 0 ? 0 : totals.travelled / totals.batches,
    avg_batch_processing_time: meanOf(history.batch),
    avg_request_wait_time: meanOf(history.wait),
    timeouts: totals.timeouts,
    priority_distribution: { ...totals.priorities },
    queue_size: counts.waiting,
    adaptive_batch_size: found.targetSize,
    current_load: found.load,
    batch_avg_latency_ms: meanOf(history.batch),
    event_avg_ms: counts.stored === 0 ? 0 : totals.writeMs / counts.stored,
    accepted: counts.accepted,
    stored: counts.stored,
    failed: totals.failed,
    failed_writes: totals.failedWrites,
    duplicates: stats.journal.duplicates,
    retried: totals.retried,
    deferred: counts.deferred,
    dead: counts.dead,
    cancelled: counts.cancelled,
    in_flight: counts.inFlight,
    concurrency: found.lanes,
    backpressure: found.pressure,
    wait_ms: { ...percentilesOf(history.wait) },
    batch_ms: { ...percentilesOf(history.batch) },
    end_to_end_ms: { ...percentilesOf(history.endToEnd) },
    eta_ms: eta(found),
    last_failure: found.lastFailure === null ? null : { ...found.lastFailure },
    breaker: breaker(found, now),
  };
}

function eta(store: StoreStats): JsonObject | null {
  const { waiting, inFlight, deferred } = store.counts;
  const found = etaOf(store.pace, waiting + inFlight + deferred);
  return found === null ? null : { least: found.leastMs, likely: found.likelyMs, most: found.mostMs };
}

function breaker({ breaker: { state, opens, openMs, openSince, probes } }: StoreStats, now: number): JsonObject {
  const open = openMs + (openSince === null ? 0 : Math.max(0, now - openSince));
  return { state, opens, open_ms: Math.round(open), probes };
}
