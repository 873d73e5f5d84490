/** Waits between two tries while the host cannot keep what it is given; the last one goes on. */
const WAITS_MS = [1_000, 2_000, 5_000, 10_000];
const LONGEST_MS = 30_000;

/** How long to wait before the next try after so many failed ones. */
export function hostWaitMs(tries: number): number {
  return WAITS_MS[tries] ?? LONGEST_MS;
}
