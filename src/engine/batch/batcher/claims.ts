import type { Entry, Waiter } from "./entry";

/** Who holds a dedupe key, and who joined whom. A key is claimed when its item is submitted and free at its end. */
export class Claims<T, R> {
  private readonly holders = new Map<string, Entry<T, R>>();
  private readonly joined = new Map<Entry<T, R>, Waiter<R>[]>();

  holder(dedupeKey: string): Entry<T, R> | null {
    return this.holders.get(dedupeKey) ?? null;
  }

  claim(dedupeKey: string, entry: Entry<T, R>): void {
    this.holders.set(dedupeKey, entry);
  }

  join(entry: Entry<T, R>, waiter: Waiter<R>): void {
    const others = this.joined.get(entry);
    if (others === undefined) this.joined.set(entry, [waiter]);
    else others.push(waiter);
  }

  /** The item has ended. Returns who else waits for its end. */
  free(entry: Entry<T, R>): readonly Waiter<R>[] {
    if (entry.dedupeKey === undefined) return [];
    this.holders.delete(entry.dedupeKey);
    const waiters = this.joined.get(entry);
    if (waiters === undefined) return [];
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
}
