import type { Clock } from "./clock";

/** Milliseconds that a slice aims for: half of what the host may wait for, because a frame has other work too. */
const AIM_MS = 4;
const FIRST = 50;
const LEAST = 10;
/** More at once would save nothing: an append of this many costs the host what its lines cost. */
const MOST = 500;

/**
 * How many items go into one slice of long work. A phone needs ten times as long for an event as a server does, so a
 * fixed number would either stop the one or starve the other: each slice is sized by how long the last one took.
 */
export class Pace {
  private size = FIRST;

  constructor(private readonly clock: Pick<Clock, "monotonic">) {}

  /** Items that the next slice may have. */
  get items(): number {
    return this.size;
  }

  /** Does the part of a slice that nothing interrupts, that is `work` up to its first await, and learns from its time. */
  run<T>(items: number, work: () => T): T {
    const started = this.clock.monotonic();
    const result = work();
    this.learn(items, this.clock.monotonic() - started);
    return result;
  }

  private learn(items: number, ms: number): void {
    // A short last slice says nothing about long ones but that they need not be shorter.
    if (items < this.size && ms < AIM_MS) return;
    const fit = ms === 0 ? MOST : (items * AIM_MS) / ms;
    const step = Math.min(Math.max(fit, this.size / 2), this.size * 2);
    this.size = Math.round(Math.min(Math.max(step, LEAST), MOST));
  }
}
