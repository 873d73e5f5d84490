import type { Clock } from "../../kernel/clock";

/** How late the host's timers are, measured while there is work and never at rest: each measurement is a timer. */
export class Lag {
  private measuring = false;
  private last = 0;

  constructor(private readonly clock: Clock) {}

  /** Milliseconds that the last measured timer came late. */
  get ms(): number {
    return this.last;
  }

  /** Measures once, unless a measurement is under way. */
  measure(): void {
    if (this.measuring) return;
    this.measuring = true;
    const planned = this.clock.monotonic();
    this.clock.after(0, () => {
      this.measuring = false;
      this.last = Math.max(0, this.clock.monotonic() - planned);
    });
  }
}
