import { defaultTargetLatencyMs } from "./aimd";
import { breakerLimits, type BreakerLimits } from "./breaker";
import { defaultRetryLimits, type RetryLimits } from "./retry";
import { openBucket, type BucketRate } from "./tokenBucket";

/** How events become batches. Sizes are events unless they say otherwise. */
export interface BatchSettings {
  /** Events in a batch, 1–2,000. Load moves the real size around it. */
  readonly batchSize: number;
  /** Bytes of events in a batch, from 1 kB. A single larger event travels alone. */
  readonly batchBytes: number;
  /** Milliseconds that a batch waits for company after its first event, 0–60,000. */
  readonly lingerMs: number;
  /** Batches under way at once, 1–50; the most of them where `adaptive` is on. */
  readonly concurrency: number;
  /** Whether size and parallelism follow what the store shows; else both stay as configured. */
  readonly adaptive: boolean;
  /** Milliseconds of a write above which fewer batches run at once, 10–60,000. */
  readonly targetLatencyMs: number;
  /** How many batches may start in a time; null: as many as there are. */
  readonly rate: BucketRate | null;
  /** Events waiting in memory, 1–100,000. The rest waits in the journal. */
  readonly queueEvents: number;
  /** Bytes of events waiting in memory. */
  readonly queueBytes: number;
  /** Milliseconds after which a waiting key counts as one priority higher. */
  readonly ageingMs: number;
  /** Milliseconds after which a store that says nothing is taken for away. Longer than the store's own deadline. */
  readonly deadlineMs: number;
  readonly retry: RetryLimits;
  readonly breaker: BreakerLimits;
}

export const defaultBatchSettings: BatchSettings = {
  batchSize: 200,
  batchBytes: 512_000,
  lingerMs: 100,
  concurrency: 10,
  adaptive: true,
  targetLatencyMs: defaultTargetLatencyMs,
  rate: null,
  queueEvents: 1_000,
  queueBytes: 16_000_000,
  ageingMs: 2_000,
  deadlineMs: 25_000,
  retry: defaultRetryLimits,
  breaker: breakerLimits,
};

type NumberSetting = Exclude<keyof BatchSettings, "adaptive" | "rate" | "retry" | "breaker">;

const limits: Readonly<Record<NumberSetting, readonly [least: number, most: number]>> = {
  batchSize: [1, 2_000],
  batchBytes: [1_000, 64_000_000],
  lingerMs: [0, 60_000],
  concurrency: [1, 50],
  targetLatencyMs: [10, 60_000],
  queueEvents: [1, 100_000],
  queueBytes: [1_000, 1_000_000_000],
  ageingMs: [1, 3_600_000],
  deadlineMs: [1, 600_000],
};

const retryLimits: Readonly<Record<keyof RetryLimits, readonly [least: number, most: number]>> = {
  attempts: [0, 20],
  baseMs: [10, 60_000],
  mostMs: [10, 600_000],
};

const breakerRanges: Readonly<Record<keyof BreakerLimits, readonly [least: number, most: number]>> = {
  windowMs: [1_000, 3_600_000],
  failures: [1, 20],
  firstWaitMs: [100, 600_000],
  longestWaitMs: [100, 3_600_000],
};

/** Gives the settings back, or throws a RangeError that names the one that is out of its limits. */
export function checkBatchSettings(settings: BatchSettings): BatchSettings {
  checkNumbers(settings, limits);
  checkNumbers(settings.retry, retryLimits);
  checkNumbers(settings.breaker, breakerRanges);
  if (settings.rate !== null) openBucket(settings.rate, 0);
  return settings;
}

function checkNumbers<Name extends string>(values: Readonly<Record<Name, unknown>>, ranges: Readonly<Record<Name, readonly [number, number]>>): void {
  for (const name of Object.keys(ranges) as Name[]) {
    const [least, most] = ranges[name];
    const value: unknown = values[name];
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(`expected ${name} to be a whole number from ${least} to ${most}, got ${String(value)}`);
    }
  }
}
