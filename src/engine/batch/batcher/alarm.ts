import type { Cancel, Clock } from "../../kernel/clock";

/** One timer for everything that waits for a time. It may ring too early, never too late; ringing asks for a new time. */
export class Alarm {
  private at = Infinity;
  private cancel: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /**
   * Rings by this time (monotonic); Infinity: not at all. An earlier time that was asked for before stays, since a timer
   * for each batch costs more than a ring for nothing now and then.
   */
  by(at: number): void {
    if (at === Infinity) this.off();
    else if (at < this.at) this.plan(at);
  }

  off(): void {
    this.cancel?.();
    this.cancel = null;
    this.at = Infinity;
  }

  private plan(at: number): void {
    this.off();
    this.at = at;
    this.cancel = this.clock.after(Math.max(0, at - this.clock.monotonic()), () => {
      this.cancel = null;
      this.at = Infinity;
      this.ring();
    });
  }
}
