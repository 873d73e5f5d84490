/** Takes a planned call back. Calling it twice, or after the call ran, does nothing. */
export type Cancel = () => void;

/**
 * Time as the engine sees it. Nothing in the engine reads a global clock, so a test owns time.
 */
export interface Clock {
  /** Wall time in epoch milliseconds. It may jump in either direction. */
  now(): number;
  /** Milliseconds since an arbitrary start. It never goes back: use it for durations. */
  monotonic(): number;
  /** Runs `run` once after `ms` (0 means: as soon as the host is free, never synchronously). */
  after(ms: number, run: () => void): Cancel;
}
