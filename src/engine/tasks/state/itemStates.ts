/** Where an item is. The order is part of the files of tasks. */
export const itemStatuses = ["waiting", "running", "done", "failed", "cancelled"] as const;

export type ItemStatus = (typeof itemStatuses)[number];

/** So many items in a row that have the same status and attempts. */
export type ItemRun = readonly [count: number, status: number, attempts: number];

const BLOCK = 1024;
const STATUS_BITS = 3;
const STATUS_MASK = 7;
/** More runs of one item than this are not counted. */
const MOST_ATTEMPTS = 8191;

/**
 * Status and attempts of each item of a task as an immutable value, two bytes an item. A change copies one block of
 * 1,024 items, so that a task of 100,000 items can be folded fact by fact.
 */
export class ItemStates {
  private constructor(
    readonly total: number,
    private readonly blocks: readonly Uint16Array[],
  ) {}

  /** All of them waiting, none started. */
  static waiting(total: number): ItemStates {
    // Nobody writes into a block, so all can be the same one.
    const block = new Uint16Array(BLOCK);
    return new ItemStates(total, Array.from({ length: Math.ceil(total / BLOCK) }, () => block));
  }

  /** The runs must add up to `total`; null when they do not. */
  static ofRuns(total: number, runs: readonly ItemRun[]): ItemStates | null {
    const blocks = Array.from({ length: Math.ceil(total / BLOCK) }, () => new Uint16Array(BLOCK));
    let item = 0;
    for (const [count, status, attempts] of runs) {
      if (status >= itemStatuses.length || item + count > total) return null;
      const code = codeOf(status, attempts);
      for (const end = item + count; item < end; item += 1) blocks[Math.floor(item / BLOCK)]?.fill(code, item % BLOCK, (item % BLOCK) + 1);
    }
    return item === total ? new ItemStates(total, blocks) : null;
  }

  has(item: number): boolean {
    return Number.isInteger(item) && item >= 0 && item < this.total;
  }

  statusOf(item: number): ItemStatus {
    return itemStatuses[this.codeAt(item) & STATUS_MASK] ?? "waiting";
  }

  attemptsOf(item: number): number {
    return this.codeAt(item) >> STATUS_BITS;
  }

  with(item: number, status: ItemStatus, attempts: number): ItemStates {
    const index = Math.floor(item / BLOCK);
    const blocks = [...this.blocks];
    const block = this.blockAt(index).slice();
    block[item % BLOCK] = codeOf(itemStatuses.indexOf(status), attempts);
    blocks[index] = block;
    return new ItemStates(this.total, blocks);
  }

  /** These items in one step; `attempts` stay as they are. */
  withStatus(items: Iterable<number>, status: ItemStatus): ItemStates {
    const blocks = [...this.blocks];
    const fresh = new Set<number>();
    for (const item of items) {
      const index = Math.floor(item / BLOCK);
      const block = fresh.has(index) ? this.blockOf(blocks, index) : this.blockOf(blocks, index).slice();
      fresh.add(index);
      blocks[index] = block;
      block[item % BLOCK] = codeOf(itemStatuses.indexOf(status), this.attemptsOf(item));
    }
    return new ItemStates(this.total, blocks);
  }

  /** The first item from `from` on that is there; null when there is none. */
  next(status: ItemStatus, from: number): number | null {
    const wanted = itemStatuses.indexOf(status);
    for (let item = from; item < this.total; item += 1) if ((this.codeAt(item) & STATUS_MASK) === wanted) return item;
    return null;
  }

  /** All items that are there, in rising order. */
  *where(status: ItemStatus): IterableIterator<number> {
    for (let item = this.next(status, 0); item !== null; item = this.next(status, item + 1)) yield item;
  }

  runs(): readonly ItemRun[] {
    const runs: ItemRun[] = [];
    let start = 0;
    for (let item = 1; item <= this.total; item += 1) {
      const code = this.codeAt(start);
      if (item < this.total && this.codeAt(item) === code) continue;
      runs.push([item - start, code & STATUS_MASK, code >> STATUS_BITS]);
      start = item;
    }
    return runs;
  }

  private codeAt(item: number): number {
    return this.blocks[Math.floor(item / BLOCK)]?.[item % BLOCK] ?? 0;
  }

  private blockAt(index: number): Uint16Array {
    return this.blockOf(this.blocks, index);
  }

  private blockOf(blocks: readonly Uint16Array[], index: number): Uint16Array {
    const block = blocks[index];
    if (block === undefined) throw new RangeError(`A task of ${this.total} items has no block ${index}.`);
    return block;
  }
}

function codeOf(status: number, attempts: number): number {
  return status | (Math.min(attempts, MOST_ATTEMPTS) << STATUS_BITS);
}
