/** Waiting items for each worker above which one more is worth its cost. */
const WAITING_PER_WORKER = 2;
/** Milliseconds by which a timer is late, below which the host has time left for more. Little more than a frame. */
const CALM_LAG_MS = 20;
/** Milliseconds from which on a person feels that the host is held up: what browsers call a long task. */
const BUSY_LAG_MS = 50;

export interface WorkersView {
  readonly workers: number;
  readonly min: number;
  readonly max: number;
  /** Items that wait for a worker. */
  readonly waiting: number;
  /** How late the host's timers are. */
  readonly lagMs: number;
  /** True while nobody sees the host's window. */
  readonly hidden: boolean;
}

/**
 * How many workers there should be next, always from `min` to `max`:
 * - hidden: `min`. Work that nobody looks at must not empty a battery, and late timers say nothing there, since hosts
 *   slow them down on purpose.
 * - timers more than 50 ms late: half as many.
 * - fewer items waiting than there are workers: one fewer, for one of them would stand idle.
 * - more than two items waiting for each worker, and timers at most 20 ms late: one more.
 * - in between: as many as now, so that the number does not swing.
 */
export function workersFor({ workers, min, max, waiting, lagMs, hidden }: WorkersView): number {
  if (hidden) return min;
  if (lagMs > BUSY_LAG_MS) return within(Math.floor(workers / 2), min, max);
  if (waiting < workers) return within(workers - 1, min, max);
  const grows = waiting > workers * WAITING_PER_WORKER && lagMs <= CALM_LAG_MS;
  return within(grows ? workers + 1 : workers, min, max);
}

function within(workers: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, workers));
}
