import type { Signal } from "../../kernel/signal";

interface Claim {
  readonly keys: readonly string[];
  readonly begin: () => void;
}

/**
 * Work about cards: one at a time for each card, in the order in which it asks; different cards at once. A claim on
 * several cards has all of them or none, and later claims on one of them wait behind it. Nothing is kept at rest.
 */
export class NodeTurns {
  private readonly held = new Set<string>();
  private waiting: readonly Claim[] = [];

  /** Cards that somebody holds or waits for. */
  get size(): number {
    return new Set([...this.held, ...this.waiting.flatMap(({ keys }) => keys)]).size;
  }

  /** Does the work when all the keys are free, or nothing (null) when the signal comes before. */
  async run<T>(keys: readonly string[], signal: Signal, work: () => Promise<T>): Promise<T | null> {
    const own = [...new Set(keys)];
    if (!(await this.take(own, signal))) return null;
    try {
      return await work();
    } finally {
      for (const key of own) this.held.delete(key);
      this.next();
    }
  }

  private take(keys: readonly string[], signal: Signal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const claim: Claim = {
        keys,
        begin: () => {
          undo();
          resolve(true);
        },
      };
      const undo = signal.onAbort(() => {
        this.waiting = this.waiting.filter((one) => one !== claim);
        resolve(false);
        this.next();
      });
      this.waiting = [...this.waiting, claim];
      this.next();
    });
  }

  private next(): void {
    const spoken = new Set(this.held);
    const ready = this.waiting.filter(({ keys }) => {
      const free = keys.every((key) => !spoken.has(key));
      for (const key of keys) spoken.add(key);
      return free;
    });
    this.waiting = this.waiting.filter((claim) => !ready.includes(claim));
    for (const { keys } of ready) for (const key of keys) this.held.add(key);
    for (const { begin } of ready) begin();
  }
}
