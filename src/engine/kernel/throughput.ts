/** Milliseconds in which an observation loses most of its weight: one pace that follows quickly, one that is steady. */
const QUICK_MS = 5_000;
const STEADY_MS = 60_000;
const LEAST_ITEMS = 3;

interface Average {
  readonly items: number;
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

const nothing: Average = { items: 0, ms: 0 };

export const stoppedThroughput: Throughput = { done: 0, quick: nothing, steady: nothing, at: null };

/** The clock runs from now on. */
export function throughputStarted(pace: Throughput, at: number): Throughput {
  return pace.at === null ? { ...pace, at } : pace;
}

/** The clock stands still: paused, or nothing could be sent. */
export function throughputStopped(pace: Throughput, at: number): Throughput {
  return { ...throughputDone(pace, 0, at), at: null };
}

/** Some items are done. */
export function throughputDone(pace: Throughput, items: number, at: number): Throughput {
  const ms = pace.at === null ? 0 : Math.max(0, at - pace.at);
  return {
    done: pace.done + items,
    quick: observed(pace.quick, items, ms, QUICK_MS),
    steady: observed(pace.steady, items, ms, STEADY_MS),
    at: pace.at === null ? null : at,
  };
}

/** When `remaining` items will be done; null before 3 items and while the clock is stopped. */
export function etaOf(pace: Throughput, remaining: number): Eta | null {
  if (pace.at === null || pace.done < LEAST_ITEMS) return null;
  const quick = rateOf(pace.quick);
  const steady = rateOf(pace.steady);
  if (quick === null || steady === null) return null;
  return {
    leastMs: Math.round(remaining / Math.max(quick, steady)),
    likelyMs: Math.round((2 * remaining) / (quick + steady)),
    mostMs: Math.round(remaining / Math.min(quick, steady)),
  };
}

function observed(average: Average, items: number, ms: number, forgetMs: number): Average {
  const kept = Math.exp(-ms / forgetMs);
  return { items: average.items * kept + items, ms: average.ms * kept + ms };
}

function rateOf({ items, ms }: Average): number | null {
  return ms > 0 && items > 0 ? items / ms : null;
}
