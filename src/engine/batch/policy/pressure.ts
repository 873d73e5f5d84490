/** Shares of the capacity at which the intake becomes slow, and below which it is as usual again. */
const SLOW_FROM = 0.8;
const CALM_BELOW = 0.5;

/**
 * How much work waits.
 * - `ok`: there is room.
 * - `slow`: memory is nearly full; whoever can wait with new work should.
 * - `spill`: memory is full, and what comes waits on disk alone.
 */
export type Pressure = "ok" | "slow" | "spill";

export interface PressureView {
  /** Items that wait in memory. */
  readonly waiting: number;
  /** Items that memory may hold. */
  readonly capacity: number;
  /** True while items wait on disk because memory had no room. */
  readonly behind: boolean;
}

/**
 * The next level. `spill` while something waits on disk or memory is full, and until it is less than 80 % full; `slow`
 * from 80 % on until less than half of it is full. Between the two thresholds the level stays, so that it does not
 * change with every batch.
 */
export function pressureAfter(level: Pressure, { waiting, capacity, behind }: PressureView): Pressure {
  const share = waiting / capacity;
  if (behind || share >= 1) return "spill";
  if (share >= SLOW_FROM) return level === "spill" ? "spill" : "slow";
  if (share < CALM_BELOW) return "ok";
  return level === "ok" ? "ok" : "slow";
}
