import type { Clock } from "../../kernel/clock";
import { pauseFor } from "../../kernel/bounded";
import { neverAborted } from "../../kernel/signal";

const FIRST_MS = 5;
const LONGEST_MS = 100;

/** Pauses between looks, each twice as long as the last one up to a limit, until the time is over. */
export class Patience {
  private next = FIRST_MS;
  private readonly end: number;

  constructor(
    private readonly clock: Clock,
    ms: number,
  ) {
    this.end = clock.monotonic() + ms;
  }

  /** False, at once, when the time is over. */
  async pause(): Promise<boolean> {
    if (this.clock.monotonic() >= this.end) return false;
    await pauseFor(this.clock, this.next, neverAborted);
    this.next = Math.min(this.next * 2, LONGEST_MS);
    return true;
  }
}
