import type { BatchSettled } from "../batch/dispatch/batchFact";
import { withTold } from "./hour";
import type { Minute, TimedFact } from "./minute";
import { emptyHistogram, percentile, withDurations, type Histogram } from "../kernel/histogram";

const KEPT_BATCHES = 50;

/** One batch as it ended. */
export interface BatchRecord {
  readonly batch: number;
  /** Epoch milliseconds of its end. */
  readonly at: number;
  readonly events: number;
  readonly stored: number;
  readonly failed: number;
  /** About how many bytes its events are as JSON. */
  readonly bytes: number;
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
  /** The last hour, as far as anything happened in it: at most 60 minutes, the newest one last. */
  readonly minutes: readonly Minute[];
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
  minutes: [],
};

export function withWaits(history: History, waitsMs: readonly number[]): History {
  return { ...history, wait: withDurations(history.wait, waitsMs) };
}

export function withBatch(history: History, settled: BatchSettled): History {
  const { batch, time: at, events, stored, failed, bytes, ms, attempts } = settled;
  const record = { batch, at, events, stored, failed, bytes, ms, attempts };
  return {
    ...history,
    batch: withDurations(history.batch, [ms]),
    endToEnd: withDurations(history.endToEnd, settled.latenciesMs),
    batches: [...history.batches, record].slice(-KEPT_BATCHES),
  };
}

export function withTime(history: History, fact: TimedFact): History {
  return { ...history, minutes: withTold(history.minutes, fact) };
}

export function percentilesOf(histogram: Histogram): Percentiles {
  return { p50: percentile(histogram, 0.5), p95: percentile(histogram, 0.95), p99: percentile(histogram, 0.99) };
}
