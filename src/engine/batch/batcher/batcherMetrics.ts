import type { JsonObject } from "../../kernel/json";
import { meanOf, percentile, type Histogram } from "../../kernel/histogram";
import type { StoreFailure } from "../../graph/port";
import type { Pressure } from "../policy/pressure";
import type { ItemCounts } from "../policy/itemCounts";
import { calmBreaker, type BreakerFigures, type Figures } from "./figures";

/** In milliseconds, to the upper end of a bucket of at most 9 %; null without any. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** `openMs` counts the time in which it was not closed. */
export interface BreakerMetrics {
  readonly state: BreakerFigures["state"];
  readonly opens: number;
  readonly openMs: number;
  readonly probes: number;
}

/** How one domain stands now. */
export interface LaneView {
  readonly waiting: number;
  readonly deferred: number;
  /** Batches under way. */
  readonly inFlight: number;
  /** Batches that may be under way at once. */
  readonly concurrency: number;
  readonly load: number;
  readonly targetSize: number;
  readonly paused: boolean;
  /** Why a person has to act before anything of it leaves; null when nobody has to. */
  readonly trouble: StoreFailure | null;
}

export interface DomainMetrics extends LaneView {
  readonly breaker: BreakerMetrics;
}

/** What is not in the past: as it stands at this moment. */
export interface BatcherView {
  readonly lanes: ReadonlyMap<string, LaneView>;
  readonly backpressure: Pressure;
  readonly workers: number;
  readonly lagMs: number;
  /** Monotonic milliseconds. */
  readonly now: number;
}

/**
 * The figures of a batcher as one value. Averages and percentiles are milliseconds. `counts.accepted` is the sum of the
 * others. `currentLoad` and `adaptiveBatchSize` are those of the domain with the highest load; `breaker` adds up all.
 */
export interface BatcherMetrics {
  readonly totalBatchesProcessed: number;
  readonly totalRequestsProcessed: number;
  readonly avgBatchSize: number;
  readonly avgBatchProcessingTime: number;
  readonly avgRequestWaitTime: number;
  readonly timeouts: number;
  /** Stored and dead items. */
  readonly priorityDistribution: Readonly<Record<"LOW" | "NORMAL" | "HIGH" | "CRITICAL", number>>;
  readonly queueSize: number;
  readonly adaptiveBatchSize: number;
  readonly currentLoad: number;
  readonly batchAvgLatencyMs: number;
  readonly counts: ItemCounts;
  readonly failed: number;
  readonly failedWrites: number;
  readonly duplicates: number;
  readonly retried: number;
  readonly deferred: number;
  readonly dead: number;
  readonly cancelled: number;
  readonly refused: number;
  readonly backpressure: Pressure;
  readonly breaker: BreakerMetrics;
  readonly workers: number;
  /** How late the host's timers were when batches were last under way. */
  readonly lagMs: number;
  readonly waitMs: Percentiles;
  readonly batchMs: Percentiles;
  readonly endToEndMs: Percentiles;
  readonly domains: ReadonlyMap<string, DomainMetrics>;
  readonly lastFailure: StoreFailure | null;
}

export function metricsOf(figures: Figures, view: BatcherView): BatcherMetrics {
  const { counts, levels, batches } = figures;
  const busiest = [...view.lanes.values()].reduce<LaneView | null>((a, b) => (a === null || b.load > a.load ? b : a), null);
  const breakers = [...figures.breakers].map(([domain, one]) => [domain, breakerOf(one, view.now)] as const);
  const byDomain = new Map(breakers);
  return {
    totalBatchesProcessed: batches,
    totalRequestsProcessed: counts.stored + counts.dead,
    avgBatchSize: batches === 0 ? 0 : figures.travelled / batches,
    avgBatchProcessingTime: meanOf(figures.batch),
    avgRequestWaitTime: meanOf(figures.wait),
    timeouts: figures.timeouts,
    priorityDistribution: { LOW: levels[0], NORMAL: levels[1], HIGH: levels[2], CRITICAL: levels[3] },
    queueSize: counts.waiting,
    adaptiveBatchSize: busiest?.targetSize ?? 0,
    currentLoad: busiest?.load ?? 0,
    batchAvgLatencyMs: meanOf(figures.batch),
    counts,
    failed: counts.dead,
    failedWrites: figures.failedWrites,
    duplicates: figures.duplicates,
    retried: figures.retried,
    deferred: counts.deferred,
    dead: counts.dead,
    cancelled: counts.cancelled,
    refused: figures.refused,
    backpressure: view.backpressure,
    breaker: breakers.reduce((sum, [, one]) => together(sum, one), breakerOf(calmBreaker, view.now)),
    workers: view.workers,
    lagMs: view.lagMs,
    waitMs: percentilesOf(figures.wait),
    batchMs: percentilesOf(figures.batch),
    endToEndMs: percentilesOf(figures.endToEnd),
    domains: new Map(
      [...view.lanes].map(([domain, lane]) => [
        domain,
        { ...lane, breaker: byDomain.get(domain) ?? breakerOf(calmBreaker, view.now) },
      ]),
    ),
    lastFailure: figures.lastFailure,
  };
}

/** The same for other programs, in snake_case. */
export function exportBatcherMetrics(metrics: BatcherMetrics): JsonObject {
  return {
    total_batches_processed: metrics.totalBatchesProcessed,
    total_requests_processed: metrics.totalRequestsProcessed,
    avg_batch_size: metrics.avgBatchSize,
    avg_batch_processing_time: metrics.avgBatchProcessingTime,
    avg_request_wait_time: metrics.avgRequestWaitTime,
    timeouts: metrics.timeouts,
    priority_distribution: { ...metrics.priorityDistribution },
    queue_size: metrics.queueSize,
    adaptive_batch_size: metrics.adaptiveBatchSize,
    current_load: metrics.currentLoad,
    batch_avg_latency_ms: metrics.batchAvgLatencyMs,
    accepted: metrics.counts.accepted,
    stored: metrics.counts.stored,
    in_flight: metrics.counts.inFlight,
    failed: metrics.failed,
    failed_writes: metrics.failedWrites,
    duplicates: metrics.duplicates,
    retried: metrics.retried,
    deferred: metrics.deferred,
    dead: metrics.dead,
    cancelled: metrics.cancelled,
    refused: metrics.refused,
    backpressure: metrics.backpressure,
    breaker: exportBreaker(metrics.breaker),
    workers: metrics.workers,
    lag_ms: metrics.lagMs,
    wait_ms: { ...metrics.waitMs },
    batch_ms: { ...metrics.batchMs },
    end_to_end_ms: { ...metrics.endToEndMs },
    domains: Object.fromEntries([...metrics.domains].map(([domain, lane]) => [domain, exportDomain(lane)])),
    last_failure: exportFailure(metrics.lastFailure),
  };
}

function exportDomain(lane: DomainMetrics): JsonObject {
  return {
    queue_size: lane.waiting,
    deferred: lane.deferred,
    in_flight: lane.inFlight,
    concurrency: lane.concurrency,
    current_load: lane.load,
    adaptive_batch_size: lane.targetSize,
    paused: lane.paused,
    trouble: exportFailure(lane.trouble),
    breaker: exportBreaker(lane.breaker),
  };
}

function exportFailure(failure: StoreFailure | null): JsonObject | null {
  return failure === null ? null : { class: failure.class, code: failure.code, message: failure.message };
}

function exportBreaker({ state, opens, openMs, probes }: BreakerMetrics): JsonObject {
  return { state, opens, open_ms: Math.round(openMs), probes };
}

function breakerOf({ state, opens, openMs, since, probes }: BreakerFigures, now: number): BreakerMetrics {
  return { state, opens, probes, openMs: openMs + (since === null ? 0 : Math.max(0, now - since)) };
}

const severity = { closed: 0, "half-open": 1, open: 2 } as const;

function together(a: BreakerMetrics, b: BreakerMetrics): BreakerMetrics {
  return {
    state: severity[b.state] > severity[a.state] ? b.state : a.state,
    opens: a.opens + b.opens,
    openMs: a.openMs + b.openMs,
    probes: a.probes + b.probes,
  };
}

function percentilesOf(histogram: Histogram): Percentiles {
  return { p50: percentile(histogram, 0.5), p95: percentile(histogram, 0.95), p99: percentile(histogram, 0.99) };
}
