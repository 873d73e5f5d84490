import type { Cancel, Clock } from "../kernel/clock";
import type { LockListener, LockTiming } from "../kernel/keyedMutex";
import type { Logger } from "../kernel/logger";
import { reasonOf } from "../kernel/reasonOf";

/** A file that is locked for longer than this is worth a warning, in milliseconds. */
const SLOW_HOLD_MS = 1000;

/** Says in the log who waits for and holds the lock of a file, and warns of who keeps one for long. */
export class LockWatch implements LockListener {
  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    /** Who holds a lock whose holder did not say so. */
    private readonly unnamed = "unnamed",
  ) {}

  acquired(key: string, owner: string, waitMs: number): Cancel {
    this.logger.debug(`lock acquired: ${this.holding(key, owner)}, waitMs ${rounded(waitMs)}`);
    return this.clock.after(SLOW_HOLD_MS, () => {
      this.logger.warn(`lock still held after ${SLOW_HOLD_MS} ms: ${this.holding(key, owner)}`);
    });
  }

  released(timing: LockTiming): void {
    const { key, owner, waitMs, holdMs } = timing;
    const times = `waitMs ${rounded(waitMs)}, holdMs ${rounded(holdMs)}`;
    this.logger.debug(`lock released: ${this.holding(key, owner)}, ${times}`);
    if (holdMs > SLOW_HOLD_MS) this.logger.warn(`slow lock: ${this.holding(key, owner)}, ${times}`);
  }

  failed(error: unknown): void {
    this.logger.error(`watching the locks failed: ${reasonOf(error)}`);
  }

  private holding(key: string, owner: string): string {
    return `${key} by ${owner === "" ? this.unnamed : owner}`;
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
