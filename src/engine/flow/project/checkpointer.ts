import type { Cancel, Clock } from "../../kernel/clock";

/** Longest time that a change stays out of the checkpoints, and the most events, where a checkpoint costs little. */
const QUIET_MS = 5_000;
const MANY_EVENTS = 5_000;
/**
 * A checkpoint writes a canvas whole, however little of it changed. So as many events come first as are three quarters
 * of what is written (a canvas that grows is then written fewer than twice over), or the time that 20 writes take.
 */
const SHARE_CHANGED = 0.75;
const TIMES_LAST_WRITE = 20;
/** Waits after checkpoints that could not be written; the last one goes on. */
const AGAIN_MS = [5_000, 10_000, 30_000];

export interface CheckpointerParts {
  readonly clock: Clock;
  /** Writes everything that changed. */
  readonly write: () => Promise<void>;
  /** Nodes and edges that would be written now. */
  readonly size: () => number;
  /** A checkpoint could not be written. Nothing is lost: the journal has it all and the next start folds more of it. */
  readonly onTrouble: (error: unknown) => void;
  /** A checkpoint was written, so the trouble is over. */
  readonly onWritten: () => void;
}

/**
 * Decides when checkpoints are written: 5 s after the first change or after 5,000 events, later where a large canvas has
 * to be written, and again after one that failed. No timer while at rest.
 */
export class Checkpointer {
  private timer: Cancel | null = null;
  private events = 0;
  private failures = 0;
  private ended = false;
  private underWay = 0;
  private lastWriteMs = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: CheckpointerParts) {}

  changed(events: number): void {
    this.events += events;
    // One that is being written may not have them: its end looks again.
    if (this.underWay === 0) this.consider();
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

  private consider(): void {
    if (this.ended || this.events === 0) return;
    if (this.events >= MANY_EVENTS && this.events >= this.parts.size() * SHARE_CHANGED) this.start();
    else this.plan(Math.max(QUIET_MS, this.lastWriteMs * TIMES_LAST_WRITE));
  }

  private start(): void {
    this.cancel();
    this.underWay += 1;
    this.writing = this.writing.then(() => this.write());
  }

  private async write(): Promise<void> {
    const { clock } = this.parts;
    const started = clock.monotonic();
    this.events = 0;
    try {
      await this.parts.write();
    } catch (error) {
      this.underWay -= 1;
      this.plan(AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)] ?? QUIET_MS);
      this.failures += 1;
      this.parts.onTrouble(error);
      return;
    }
    this.underWay -= 1;
    this.failures = 0;
    this.lastWriteMs = clock.monotonic() - started;
    this.parts.onWritten();
    if (this.underWay === 0) this.consider();
  }

  private plan(ms: number): void {
    if (!this.ended) this.timer ??= this.parts.clock.after(ms, () => this.start());
  }

  private cancel(): void {
    this.timer?.();
    this.timer = null;
  }
}
