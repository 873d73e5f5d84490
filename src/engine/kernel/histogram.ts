/** Buckets for each doubling: a percentile is at most 9 % off. */
const PER_DOUBLING = 8;
const SMALLEST_MS = 0.1;
const BUCKETS = 200;

/** Durations in bounded memory, in buckets that grow with the duration. From 0.1 ms to about 55 minutes. */
export interface Histogram {
  readonly count: number;
  readonly sum: number;
  readonly max: number;
  readonly buckets: readonly number[];
}

export const emptyHistogram: Histogram = { count: 0, sum: 0, max: 0, buckets: [] };

/** So many durations in a row that are the same. */
export interface DurationRun {
  readonly ms: number;
  readonly count: number;
}

export function withDurations(histogram: Histogram, durationsMs: readonly number[]): Histogram {
  return withRuns(histogram, durationsMs.map((ms) => ({ ms, count: 1 })));
}

export function withRuns(histogram: Histogram, runs: readonly DurationRun[]): Histogram {
  if (runs.length === 0) return histogram;
  const buckets = histogram.buckets.length === 0 ? new Array<number>(BUCKETS).fill(0) : [...histogram.buckets];
  let { count, sum, max } = histogram;
  for (const run of runs) {
    // One figure that makes no sense must not spoil the sum of all.
    const ms = Number.isFinite(run.ms) ? Math.max(0, run.ms) : 0;
    const bucket = bucketOf(ms);
    buckets[bucket] = (buckets[bucket] ?? 0) + run.count;
    count += run.count;
    sum += ms * run.count;
    max = Math.max(max, ms);
  }
  return { count, sum, max, buckets };
}

/** All durations of both. */
export function withHistogram(one: Histogram, other: Histogram): Histogram {
  if (one.count === 0 || other.count === 0) return one.count === 0 ? other : one;
  const buckets = one.buckets.map((count, index) => count + (other.buckets[index] ?? 0));
  return { count: one.count + other.count, sum: one.sum + other.sum, max: Math.max(one.max, other.max), buckets };
}

export function meanOf(histogram: Histogram): number {
  return histogram.count === 0 ? 0 : histogram.sum / histogram.count;
}

/** The duration that `share` (0 to 1) of all did not exceed, to the upper end of its bucket; null without any. */
export function percentile(histogram: Histogram, share: number): number | null {
  if (histogram.count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * histogram.count));
  let seen = 0;
  for (let index = 0; index < histogram.buckets.length; index += 1) {
    seen += histogram.buckets[index] ?? 0;
    if (seen >= rank) return Math.min(histogram.max, upperEnd(index));
  }
  return histogram.max;
}

function bucketOf(ms: number): number {
  if (!(ms > SMALLEST_MS)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log2(ms / SMALLEST_MS) * PER_DOUBLING));
}

function upperEnd(bucket: number): number {
  return SMALLEST_MS * 2 ** (bucket / PER_DOUBLING);
}
