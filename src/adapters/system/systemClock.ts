import type { Cancel, Clock } from "../../engine/index";

/** The longest delay of a host timer. A longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

export interface SystemClockOptions {
  /** Node only: timers do not keep the process alive. */
  readonly unref?: boolean;
}

/** A browser's timers are numbers. */
type Timer = number | ReturnType<typeof setTimeout>;

interface Timers {
  setTimeout(run: () => void, ms: number): Timer;
  clearTimeout(timer: Timer): void;
}

/** The host's clock and timers, in Node and in a browser window. */
export function createSystemClock(options: SystemClockOptions = {}): Clock {
  const timers = hostTimers();
  const after = (ms: number, run: () => void): Cancel => {
    let left = ms > 0 ? ms : 0;
    let timer: Timer;
    const arm = (): void => {
      const part = Math.min(left, LONGEST_MS);
      left -= part;
      timer = timers.setTimeout(left > 0 ? arm : run, part);
      if (options.unref === true && typeof timer === "object") timer.unref();
    };
    arm();
    return () => timers.clearTimeout(timer);
  };
  return { now: () => Date.now(), monotonic: () => performance.now(), after };
}

// A window's timers must be called on the window.
function hostTimers(): Timers {
  return typeof window === "undefined" ? { setTimeout, clearTimeout } : window;
}
