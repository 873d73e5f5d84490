import { emptyHistogram, withDurations, type Histogram } from "../kernel/histogram";
import type { StoreFact } from "./storeFact";

export const MINUTE_MS = 60_000;

/** What happened to one store in one minute, in bounded memory. Counts are events, unless they say something else. */
export interface Minute {
  /** Epoch milliseconds of its begin. */
  readonly at: number;
  readonly batches: number;
  /** Events of these batches, each time they travelled. */
  readonly travelled: number;
  readonly stored: number;
  readonly failed: number;
  readonly retried: number;
  readonly failedWrites: number;
  readonly bytes: number;
  /** From the cut to the end, for each batch. */
  readonly latency: Histogram;
  /** As it was said last; null where nothing was said. */
  readonly targetSize: number | null;
  /** The highest one; null where nothing was said. */
  readonly load: number | null;
  /** How often the breaker opened. */
  readonly opens: number;
}

/** Facts that say when they happened. */
export type TimedFact = Extract<StoreFact, { readonly time: number }>;

/** The minute that a moment (epoch ms) is in, with nothing in it. */
export function emptyMinute(time: number): Minute {
  const none = { batches: 0, travelled: 0, stored: 0, failed: 0, retried: 0, failedWrites: 0, bytes: 0, opens: 0 };
  return { at: startOfMinute(time), ...none, latency: emptyHistogram, targetSize: null, load: null };
}

export function startOfMinute(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS;
}

export function withFact(minute: Minute, fact: TimedFact): Minute {
  switch (fact.kind) {
    case "batch-settled":
      return {
        ...minute,
        batches: minute.batches + 1,
        travelled: minute.travelled + fact.events,
        stored: minute.stored + fact.stored,
        failed: minute.failed + fact.failed,
        bytes: minute.bytes + fact.bytes,
        latency: withDurations(minute.latency, [fact.ms]),
      };
    case "write-failed":
      return { ...minute, failedWrites: minute.failedWrites + 1 };
    case "retried":
      return { ...minute, retried: minute.retried + fact.count };
    case "tuned":
      return { ...minute, targetSize: fact.target, load: Math.max(minute.load ?? 0, fact.load) };
    case "breaker":
      return fact.state === "open" ? { ...minute, opens: minute.opens + 1 } : minute;
  }
}
