/** A token that rounding has made a billionth too small is whole: else a caller that waited as told is told to wait again. */
const WHOLE = 1 - 1e-9;

/** `rps`: starts a second in the long run, above 0. `burst`: starts at once after a rest, at least 1. */
export interface BucketRate {
  readonly rps: number;
  readonly burst: number;
}

/** A limit of starts in time. Full when it is opened. */
export interface TokenBucket {
  readonly rate: BucketRate;
  readonly tokens: number;
  /** Monotonic milliseconds at which it had so many. */
  readonly at: number;
}

export interface Taken {
  readonly bucket: TokenBucket;
  /** Whole milliseconds after which to ask again; 0: a token was taken, and one start may go now. */
  readonly waitMs: number;
}

/** `now` is monotonic milliseconds, here and below. Throws a RangeError for a rate that would never let anything go. */
export function openBucket(rate: BucketRate, now: number): TokenBucket {
  if (!(rate.rps > 0) || !Number.isFinite(rate.rps)) throw new RangeError(`expected a rate above 0 a second, got ${rate.rps}`);
  if (!(rate.burst >= 1) || !Number.isFinite(rate.burst)) throw new RangeError(`expected a burst of at least 1, got ${rate.burst}`);
  return { rate, tokens: rate.burst, at: now };
}

/** Takes one token, or says how long the next one takes and takes none. */
export function taken(bucket: TokenBucket, now: number): Taken {
  const { rate, tokens, at } = filled(bucket, now);
  if (tokens >= WHOLE) return { bucket: { rate, tokens: Math.max(0, tokens - 1), at }, waitMs: 0 };
  return { bucket: { rate, tokens, at }, waitMs: Math.max(1, Math.ceil(((1 - tokens) * 1_000) / rate.rps)) };
}

/** Whether it is as one that is opened now: nothing that was taken is missing any more. */
export function isFull(bucket: TokenBucket, now: number): boolean {
  return filled(bucket, now).tokens >= bucket.rate.burst;
}

/** Another rate from now on. What has been saved up stays, as far as the new burst has room for it. */
export function bucketConfigured(bucket: TokenBucket, rate: BucketRate, now: number): TokenBucket {
  const { tokens } = filled(bucket, now);
  return { ...openBucket(rate, now), tokens: Math.min(tokens, rate.burst) };
}

function filled({ rate, tokens, at }: TokenBucket, now: number): TokenBucket {
  const gained = (Math.max(0, now - at) * rate.rps) / 1_000;
  return { rate, tokens: Math.min(rate.burst, tokens + gained), at: Math.max(at, now) };
}
