import type { Cancel, Clock } from "../../kernel/clock";

/** A stop that is under way: who waits for its end, and the deadlines of those who asked for it. */
export class Stopping {
  readonly done: Promise<void>;
  private readonly deadlines: Cancel[] = [];
  private settle: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    /** The first deadline passed. */
    private readonly late: () => void,
  ) {
    this.done = new Promise<void>((resolve) => (this.settle = resolve));
  }

  within(ms: number): void {
    this.deadlines.push(this.clock.after(ms, this.late));
  }

  /** Nothing is waited for any longer. */
  cut(): void {
    for (const cancel of this.deadlines) cancel();
  }

  end(): void {
    this.settle();
  }
}
