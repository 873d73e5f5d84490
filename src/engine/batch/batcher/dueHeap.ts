interface Due<V> {
  readonly at: number;
  /** Of two with the same time the one that came first is first. */
  readonly order: number;
  readonly value: V;
}

/** Values by the time at which they are due, the earliest first. */
export class DueHeap<V> {
  private readonly heap: Due<V>[] = [];
  private added = 0;

  get size(): number {
    return this.heap.length;
  }

  /** The time of the first; Infinity when there is none. */
  get firstAt(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  get first(): V | null {
    return this.heap[0]?.value ?? null;
  }

  add(at: number, value: V): void {
    this.added += 1;
    this.place({ at, order: this.added, value });
  }

  /** Takes the first; null when there is none. */
  take(): V | null {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return null;
    if (first !== last) this.sink(last);
    return first.value;
  }

  /** Forgets what `keeps` says no to. */
  keep(keeps: (value: V) => boolean): void {
    const kept = this.heap.filter(({ value }) => keeps(value));
    this.heap.length = 0;
    for (const due of kept) this.place(due);
  }

  private place(due: Due<V>): void {
    let hole = this.heap.length;
    this.heap.push(due);
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parent = this.heap[above];
      if (parent === undefined || !before(due, parent)) break;
      this.heap[hole] = parent;
      hole = above;
    }
    this.heap[hole] = due;
  }

  // Puts the last one in the place of the first, and lets it sink to where it belongs.
  private sink(due: Due<V>): void {
    let hole = 0;
    for (;;) {
      const child = this.smallerChild(hole);
      const below = this.heap[child];
      if (below === undefined || !before(below, due)) break;
      this.heap[hole] = below;
      hole = child;
    }
    this.heap[hole] = due;
  }

  private smallerChild(parent: number): number {
    const left = this.heap[2 * parent + 1];
    const right = this.heap[2 * parent + 2];
    return left !== undefined && right !== undefined && before(right, left) ? 2 * parent + 2 : 2 * parent + 1;
  }
}

function before<V>(a: Due<V>, b: Due<V>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
