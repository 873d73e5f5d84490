import { bucketConfigured, openBucket, taken, type BucketRate, type TokenBucket } from "../policy/tokenBucket";

/** How often writes may start, those of batches that are tried again too, by the settings as they are now. */
export class StartRate {
  private bucket: TokenBucket | null = null;

  constructor(private readonly rate: () => BucketRate | null) {}

  /** Milliseconds until the next one may start; 0: it starts now. `now` is monotonic. */
  take(now: number): number {
    const rate = this.rate();
    if (rate === null) {
      this.bucket = null;
      return 0;
    }
    const { bucket, waitMs } = taken(this.current(rate, now), now);
    this.bucket = bucket;
    return waitMs;
  }

  private current(rate: BucketRate, now: number): TokenBucket {
    const { bucket } = this;
    if (bucket === null) return openBucket(rate, now);
    const isSame = bucket.rate.rps === rate.rps && bucket.rate.burst === rate.burst;
    return isSame ? bucket : bucketConfigured(bucket, rate, now);
  }
}
