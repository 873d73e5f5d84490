import type { Cancel, Clock } from "../../kernel/clock";

/** Longest time that a change stays out of the checkpoints, and the most events. */
const QUIET_MS = 5_000;
const MANY_EVENTS = 5_000;
/** Waits after checkpoints that could not be written; the last one goes on. */
const AGAIN_MS = [5_000, 10_000, 30_000];

export interface CheckpointerParts {
  readonly clock: Clock;
  /** Writes everything that changed. */
  readonly write: () => Promise<void>;
  /** A checkpoint could not be written. Nothing is lost: the journal has it all and the next start folds more of it. */
  readonly onTrouble: (error: unknown) => void;
  /** A checkpoint was written, so the trouble is over. */
  readonly onWritten: () => void;
}

/**
 * Decides when checkpoints are written: 5 s after the first change, after 5,000 events, and again after one that
 * failed. No timer while at rest.
 */
export class Checkpointer {
  private timer: Cancel | null = null;
  private events = 0;
  private failures = 0;
  private ended = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: CheckpointerParts) {}

  changed(events: number): void {
    this.events += events;
    if (this.ended) return;
    if (this.events >= MANY_EVENTS) this.start();
    else this.plan(QUIET_MS);
  }

  /** Writes now and waits for it. */
  flush(): Promise<void> {
    this.start();
    return this.writing;
  }

  /** Plans nothing more, whatever comes of a write that is under way. */
  end(): void {
    this.ended = true;
    this.cancel();
  }

  private start(): void {
    this.cancel();
    this.events = 0;
    this.writing = this.writing.then(() => this.write());
  }

  private async write(): Promise<void> {
    try {
      await this.parts.write();
    } catch (error) {
      this.plan(AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)] ?? QUIET_MS);
      this.failures += 1;
      this.parts.onTrouble(error);
      return;
    }
    this.failures = 0;
    this.parts.onWritten();
  }

  private plan(ms: number): void {
    if (!this.ended) this.timer ??= this.parts.clock.after(ms, () => this.start());
  }

  private cancel(): void {
    this.timer?.();
    this.timer = null;
  }
}
