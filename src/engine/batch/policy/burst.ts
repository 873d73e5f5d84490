/** Milliseconds after which work that never rests is reported all the same. */
const LONGEST_MS = 10_000;

/** Counts the batches that run beside each other, for one line in the log when they are through. */
export class Burst {
  private from: number | null = null;
  private stored = 0;
  private writeMs = 0;

  constructor(private readonly say: (message: string) => void) {}

  begin(now: number): void {
    this.from ??= now;
  }

  /** A batch is through. `resting`: no other one is under way. */
  end(stored: number, writeMs: number, concurrency: number, now: number, resting: boolean): void {
    this.stored += stored;
    this.writeMs += writeMs;
    const ms = now - (this.from ?? now);
    if (!resting && ms < LONGEST_MS) return;
    if (this.stored > 0) this.report(Math.round(ms), concurrency);
    this.from = resting ? null : now;
    this.stored = 0;
    this.writeMs = 0;
  }

  private report(ms: number, concurrency: number): void {
    const sequential = Math.round(this.writeMs);
    const speedup = (sequential / Math.max(1, ms)).toFixed(1);
    this.say(
      `Batch processed ${this.stored} events in ${ms}ms (parallel, concurrency=${concurrency}); ` +
        `one write after the other: about ${sequential}ms, speedup ${speedup}x`,
    );
  }
}
