import type { Cancel, Clock } from "../kernel/clock";
import type { LockTiming } from "../kernel/keyedMutex";
import type { Logger } from "../kernel/logger";

/** A canvas that is locked for longer than this is worth a warning, in milliseconds. */
const SLOW_HOLD_MS = 1000;

/** Says in the log who waits for and holds the lock of a canvas, and warns of who keeps one for long. */
export class LockWatch {
  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Call when a lock is got; the answer ends the watch and must be called before the lock is let go. */
  acquired(key: string, owner: string, waitMs: number): Cancel {
    this.logger.debug(`canvas lock acquired: ${key} by ${owner}, waitMs ${rounded(waitMs)}`);
    return this.clock.after(SLOW_HOLD_MS, () => {
      this.logger.warn(`canvas lock still held after ${SLOW_HOLD_MS} ms: ${key} by ${owner}`);
    });
  }

  released(timing: LockTiming): void {
    const { key, owner, waitMs, holdMs } = timing;
    const times = `waitMs ${rounded(waitMs)}, holdMs ${rounded(holdMs)}`;
    this.logger.debug(`canvas lock released: ${key} by ${owner}, ${times}`);
    if (holdMs > SLOW_HOLD_MS) this.logger.warn(`slow canvas lock: ${key} by ${owner}, ${times}`);
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
