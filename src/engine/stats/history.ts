import type { BatchSettled } from "../batch/dispatch/batchFact";
import { emptyHistogram, percentile, withDurations, type Histogram } from "../kernel/histogram";

const KEPT_BATCHES = 50;

/** One batch as it ended. */
export interface BatchRecord {
  readonly batch: number;
  readonly events: number;
  readonly stored: number;
  readonly failed: number;
  /** Milliseconds from the cut to the end. */
  readonly ms: number;
  readonly attempts: number;
}

/** What has been, in bounded memory. Durations are milliseconds. */
export interface History {
  /** From the queue to the cut, for each event. */
  readonly wait: Histogram;
  /** From the cut to the end, for each batch. */
  readonly batch: Histogram;
  /** From the queue to the store, for each stored event. */
  readonly endToEnd: Histogram;
  /** The newest batches, the newest one last. */
  readonly batches: readonly BatchRecord[];
}

export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export const emptyHistory: History = {
  wait: emptyHistogram,
  batch: emptyHistogram,
  endToEnd: emptyHistogram,
  batches: [],
};

export function withWaits(history: History, waitsMs: readonly number[]): History {
  return { ...history, wait: withDurations(history.wait, waitsMs) };
}

export function withBatch(history: History, settled: BatchSettled): History {
  const { batch, events, stored, failed, ms, attempts } = settled;
  return {
    ...history,
    batch: withDurations(history.batch, [ms]),
    endToEnd: withDurations(history.endToEnd, settled.latenciesMs),
    batches: [...history.batches, { batch, events, stored, failed, ms, attempts }].slice(-KEPT_BATCHES),
  };
}

export function percentilesOf(histogram: Histogram): Percentiles {
  return { p50: percentile(histogram, 0.5), p95: percentile(histogram, 0.95), p99: percentile(histogram, 0.99) };
}
