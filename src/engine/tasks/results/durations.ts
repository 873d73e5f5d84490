import { emptyHistogram, meanOf, percentile, withDurations, type Histogram } from "../../kernel/histogram";

/** Milliseconds. A percentile is at most 9 % too high, never too low; null without any duration. */
export interface Durations {
  readonly mean: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number;
}

/** Durations that come one by one, in bounded memory. */
export class DurationTally {
  private histogram: Histogram = emptyHistogram;
  private fresh: number[] = [];

  add(ms: number): void {
    // The histogram is a value that is made anew with each addition: a thousand at once cost what one does.
    if (this.fresh.push(ms) === 1_000) this.take();
  }

  summary(): Durations {
    this.take();
    const at = (share: number): number | null => percentile(this.histogram, share);
    return { mean: meanOf(this.histogram), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: this.histogram.max };
  }

  private take(): void {
    this.histogram = withDurations(this.histogram, this.fresh);
    this.fresh = [];
  }
}
