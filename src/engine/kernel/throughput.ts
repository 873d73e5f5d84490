/** Milliseconds in which an observation loses most of its weight: one pace that follows quickly, one that is steady. */
const QUICK_MS = 5_000;
const STEADY_MS = 60_000;
const LEAST_ITEMS = 3;

interface Average {
  readonly items: number;
  /** How much work they were, in the caller's unit. */
  readonly work: number;
  readonly ms: number;
}

/**
 * How fast things get done, by two averages that forget at different speeds. Only time in which work could go on
 * counts. Times are monotonic milliseconds.
 */
export interface Throughput {
  readonly done: number;
  readonly quick: Average;
  readonly steady: Average;
  /** Until when time has been counted; null while the clock is stopped. */
  readonly at: number | null;
}

export interface Eta {
  readonly leastMs: number;
  readonly likelyMs: number;
  readonly mostMs: number;
}

const nothing: Average = { items: 0, work: 0, ms: 0 };

export const stoppedThroughput: Throughput = { done: 0, quick: nothing, steady: nothing, at: null };

/** The clock runs from now on. */
export function throughputStarted(pace: Throughput, at: number): Throughput {
  return pace.at === null ? { ...pace, at } : pace;
}

/** The clock stands still: paused, or nothing could be sent. */
export function throughputStopped(pace: Throughput, at: number): Throughput {
  return { ...throughputDone(pace, 0, at), at: null };
}

/** Some items are done. `work` weighs them where they differ; in any unit, as long as it is the same one each time. */
export function throughputDone(pace: Throughput, items: number, at: number, work = items): Throughput {
  const ms = pace.at === null ? 0 : Math.max(0, at - pace.at);
  return {
    done: pace.done + items,
    quick: observed(pace.quick, { items, work, ms }, QUICK_MS),
    steady: observed(pace.steady, { items, work, ms }, STEADY_MS),
    at: pace.at === null ? null : at,
  };
}

/** When the remaining work will be done; null before 3 items and while the clock is stopped. */
export function etaOf(pace: Throughput, remaining: number): Eta | null {
  if (pace.at === null || pace.done < LEAST_ITEMS) return null;
  const quick = rateOf(pace.quick.work, pace.quick.ms);
  const steady = rateOf(pace.steady.work, pace.steady.ms);
  if (quick === null || steady === null) return null;
  return {
    leastMs: Math.round(remaining / Math.max(quick, steady)),
    likelyMs: Math.round((2 * remaining) / (quick + steady)),
    mostMs: Math.round(remaining / Math.min(quick, steady)),
  };
}

/** Items that are done in a second, lately; null before the first and while the clock is stopped. */
export function itemsPerSecond({ at, quick }: Throughput): number | null {
  const rate = at === null ? null : rateOf(quick.items, quick.ms);
  return rate === null ? null : rate * 1_000;
}

function observed(average: Average, { items, work, ms }: Average, forgetMs: number): Average {
  const kept = Math.exp(-ms / forgetMs);
  return { items: average.items * kept + items, work: average.work * kept + work, ms: average.ms * kept + ms };
}

function rateOf(amount: number, ms: number): number | null {
  return ms > 0 && amount > 0 ? amount / ms : null;
}
