import { defaultTargetLatencyMs } from "../policy/aimd";
import { noDomainLimits, readDomainLimits, type DomainLimit, type DomainLimits } from "../policy/domainLimits";

/** How items become batches. Sizes are items unless they say otherwise. */
export interface BatcherSettings {
  /** Items in a batch, 1–2,000. Load moves the size at which a batch leaves around it, see `adaptive`. */
  readonly batchSize: number;
  /** Bytes of items in a batch. A single larger item travels alone. */
  readonly batchBytes: number;
  /** Milliseconds that a batch waits for company after its first item, 0–60,000. */
  readonly lingerMs: number;
  /** Whether load moves the size of batches. A `batchSize` of 1 is never moved. */
  readonly adaptive: boolean;
  /**
   * The most items of one key in a batch. A sink that can fail one item and still write the next must have 1 where the
   * order of their effects counts, because the failed one comes again in a later batch.
   */
  readonly perKey: number;
  /** Batches under way at once, 1–50. */
  readonly concurrency: number;
  /** Batches that may be under way however little waits and however busy the host is, 1 to `concurrency`. */
  readonly leastConcurrency: number;
  /**
   * Items waiting in memory, 1–1,000,000. More go to the overflow, or are refused without one. Each of several domains
   * may have its even share however full the others are, so that together they may reach twice as many.
   */
  readonly queueItems: number;
  /** Milliseconds after which a waiting priority counts as one higher. */
  readonly ageingMs: number;
  /** Attempts that may fail because of the item itself before it has failed for good, 1–100. */
  readonly maxAttempts: number;
  /** Milliseconds after which the answer to a batch is not waited for any longer. */
  readonly batchTimeoutMs: number;
  /** Milliseconds of a write above which fewer are under way at once. */
  readonly targetLatencyMs: number;
  /** Limits of single domains. */
  readonly domains: DomainLimits;
  /** Milliseconds that the end of `run` and of a disposed batcher flushes. */
  readonly closeMs: number;
}

export const defaultBatcherSettings: BatcherSettings = {
  batchSize: 200,
  batchBytes: 512_000,
  lingerMs: 100,
  adaptive: true,
  perKey: 2_000,
  concurrency: 10,
  leastConcurrency: 1,
  queueItems: 1_000,
  ageingMs: 2_000,
  maxAttempts: 5,
  batchTimeoutMs: 60_000,
  targetLatencyMs: defaultTargetLatencyMs,
  domains: noDomainLimits,
  closeMs: 5_000,
};

type NumberName = Exclude<keyof BatcherSettings, "adaptive" | "domains">;

const limits: Readonly<Record<NumberName, readonly [least: number, most: number]>> = {
  batchSize: [1, 2_000],
  batchBytes: [1_000, 64_000_000],
  lingerMs: [0, 60_000],
  perKey: [1, 2_000],
  concurrency: [1, 50],
  leastConcurrency: [1, 50],
  queueItems: [1, 1_000_000],
  ageingMs: [1, 3_600_000],
  maxAttempts: [1, 100],
  batchTimeoutMs: [1, 3_600_000],
  targetLatencyMs: [1, 600_000],
  closeMs: [0, 600_000],
};

/** Gives the settings back, or throws a RangeError that names the one that is out of its limits. */
export function checkBatcherSettings(settings: BatcherSettings): BatcherSettings {
  for (const name of Object.keys(limits) as NumberName[]) {
    const [least, most] = limits[name];
    const value: unknown = settings[name];
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(`expected ${name} to be a whole number from ${least} to ${most}, got ${String(value)}`);
    }
  }
  if (settings.leastConcurrency > settings.concurrency) {
    throw new RangeError(`expected leastConcurrency to be at most concurrency, which is ${settings.concurrency}`);
  }
  const domains = readDomainLimits(Object.fromEntries(Object.entries(settings.domains).map(asWritten)));
  if (domains.kind === "invalid") throw new RangeError(domains.message);
  return settings;
}

// The check is that of limits as a person writes them, where what does not limit is left out.
function asWritten([domain, { concurrency, rps, burst }]: [string, DomainLimit]): [string, Partial<DomainLimit>] {
  return [domain, rps === null ? { concurrency } : { concurrency, rps, burst }];
}
