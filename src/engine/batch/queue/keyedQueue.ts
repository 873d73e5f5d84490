import type { Level } from "./level";
import type { QueueKey, Queued } from "./queueKey";
import { TurnQueue } from "./turnQueue";

export interface QueueInput<T> {
  readonly id: string;
  readonly key: string;
  readonly level: Level;
  readonly bytes: number;
  readonly value: T;
}

/** One thing that waits, or that a batch has taken. */
export interface QueueItem<T> extends Queued<QueueItem<T>> {
  readonly id: string;
  readonly value: T;
  waiting: boolean;
}

/** A queue of turns whose items are known by an id, each only once. */
export class KeyedQueue<T> extends TurnQueue<QueueItem<T>> {
  private readonly byId = new Map<string, QueueItem<T>>();

  /** True for what waits and for what a batch has taken. */
  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** Adds to the end of its key. False when the id is here already. */
  push({ id, key, level, bytes, value }: QueueInput<T>, now: number): boolean {
    if (this.byId.has(id)) return false;
    const item: QueueItem<T> = {
      id,
      value,
      level,
      bytes,
      enqueuedAt: now,
      key: this.keyNamed(key),
      waiting: true,
      next: null,
    };
    this.byId.set(id, item);
    this.append(item, now);
    return true;
  }

  override take(key: QueueKey<QueueItem<T>>): QueueItem<T> | null {
    const item = super.take(key);
    if (item !== null) item.waiting = false;
    return item;
  }

  override putBack(items: readonly QueueItem<T>[]): void {
    for (const item of items) item.waiting = true;
    super.putBack(items);
  }

  /** Forgets items that a batch took. */
  finish(items: readonly QueueItem<T>[]): void {
    for (const item of items) this.byId.delete(item.id);
  }

  /** Takes out an item that still waits. */
  remove(id: string, now: number): T | null {
    const item = this.byId.get(id);
    if (item === undefined || !item.waiting) return null;
    this.takeOut(item, now);
    item.waiting = false;
    this.byId.delete(id);
    return item.value;
  }

  /** Takes out everything that waits; what batches hold stays theirs. Returns how many. */
  clear(now: number): number {
    const waiting = [...this.byId.values()].filter((item) => item.waiting);
    for (const item of waiting) this.remove(item.id, now);
    return waiting.length;
  }
}
