import type { Clock } from "../../kernel/clock";

/** Callers that wait for one moment, each at most for a while. */
export class Waits {
  private readonly waiting = new Set<(reached: boolean) => void>();

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.waiting.size;
  }

  /** True when `end(true)` comes within the time. */
  for(deadlineMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (reached: boolean): void => {
        cancel();
        this.waiting.delete(finish);
        resolve(reached);
      };
      const cancel = this.clock.after(deadlineMs, () => finish(false));
      this.waiting.add(finish);
    });
  }

  end(reached: boolean): void {
    for (const finish of [...this.waiting]) finish(reached);
  }
}
