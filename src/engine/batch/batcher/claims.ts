import type { Entry, Waiter } from "./entry";

/**
 * Items that have ended may stay among the holders up to so many, and so many times those that have not: deleting each
 * by itself would cost as much as everything else about an item.
 */
const ENDED_KEPT = 1_000;
const ENDED_TIMES_LIVE = 4;
const nobody: readonly never[] = [];

/** Who holds a dedupe key, and who joined whom. A key is claimed when its item is submitted and free at its end. */
export class Claims<T, R> {
  private holders = new Map<string, Entry<T, R>>();
  private readonly joined = new Map<Entry<T, R>, Waiter<R>[]>();
  /** Holders that have not ended. */
  private live = 0;

  holder(dedupeKey: string): Entry<T, R> | null {
    const entry = this.holders.get(dedupeKey);
    return entry === undefined || entry.place === "ended" ? null : entry;
  }

  claim(dedupeKey: string, entry: Entry<T, R>): void {
    this.live += 1;
    this.holders.set(dedupeKey, entry);
  }

  join(entry: Entry<T, R>, waiter: Waiter<R>): void {
    const others = this.joined.get(entry);
    if (others === undefined) this.joined.set(entry, [waiter]);
    else others.push(waiter);
  }

  /** Whether others wait for the end of this item. */
  joinedBy(entry: Entry<T, R>): boolean {
    return this.joined.size > 0 && this.joined.has(entry);
  }

  /** The item, which has ended, holds its key no longer. Returns who else waits for its end. */
  free(entry: Entry<T, R>): readonly Waiter<R>[] {
    if (entry.dedupeKey === undefined) return nobody;
    this.live -= 1;
    this.sweep();
    const waiters = this.joined.size === 0 ? undefined : this.joined.get(entry);
    if (waiters === undefined) return nobody;
    this.joined.delete(entry);
    return waiters;
  }

  /** Whoever joined first now stands for the item; null when nobody joined. */
  heir(entry: Entry<T, R>): Waiter<R> | null {
    const waiters = this.joined.get(entry);
    const heir = waiters?.shift() ?? null;
    if (waiters?.length === 0) this.joined.delete(entry);
    return heir;
  }

  /** One who joined does not wait any longer. False when it is not here. */
  leave(entry: Entry<T, R>, { call, slot }: Waiter<R>): boolean {
    const waiters = this.joined.get(entry);
    const index = waiters?.findIndex((waiter) => waiter.call === call && waiter.slot === slot) ?? -1;
    if (waiters === undefined || index < 0) return false;
    waiters.splice(index, 1);
    if (waiters.length === 0) this.joined.delete(entry);
    return true;
  }

  private sweep(): void {
    if (this.live === 0) {
      this.holders = new Map();
      return;
    }
    if (this.holders.size - this.live < ENDED_KEPT + ENDED_TIMES_LIVE * this.live) return;
    const holders = new Map<string, Entry<T, R>>();
    this.holders.forEach((entry, key) => {
      if (entry.place !== "ended") holders.set(key, entry);
    });
    this.holders = holders;
  }
}
