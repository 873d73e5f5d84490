import type { ItemEnd } from "./submission";

/** The ends of the items that one call submitted: one promise for all of them. */
export class Call<R> {
  private ends: ItemEnd<R>[] | null = null;
  private left: number;
  private settled: (() => void) | null = null;

  constructor(
    private readonly count: number,
    private settle: ((ends: readonly ItemEnd<R>[]) => void) | null,
  ) {
    this.left = count;
  }

  has(place: number): boolean {
    return this.left === 0 || this.ends?.[place] !== undefined;
  }

  end(place: number, end: ItemEnd<R>): void {
    // Made with the first end: while items wait, a place for each end would be a tenth of what they need.
    const ends = (this.ends ??= new Array<ItemEnd<R>>(this.count));
    ends[place] = end;
    this.left -= 1;
    if (this.left > 0) return;
    const { settle, settled } = this;
    this.ends = this.settle = this.settled = null;
    settled?.();
    settle?.(ends);
  }

  /** Runs `then` when all items have ended; it must not throw. */
  whenSettled(then: () => void): void {
    this.settled = then;
  }
}
