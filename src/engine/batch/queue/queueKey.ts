import { levels, type Level } from "./level";
import { LinkedList, type Linked } from "./linkedList";

/** One thing that waits, or that a batch has taken. */
export interface QueueItem<T> extends Linked<QueueItem<T>> {
  readonly id: string;
  readonly value: T;
  readonly level: Level;
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly enqueuedAt: number;
  readonly key: QueueKey<T>;
  waiting: boolean;
}

/** The items of one key, first come first served, and the ring it stands in. */
export class QueueKey<T> implements Linked<QueueKey<T>> {
  previous: QueueKey<T> | null = null;
  next: QueueKey<T> | null = null;
  /** The ring it stands in; null while a batch holds it or while nothing of it waits. */
  ring: Level | null = null;
  /** Monotonic milliseconds at which it came to its ring. */
  joinedAt = 0;
  /** True while a batch with items of it is on its way: nothing may overtake them. */
  held = false;
  bytes = 0;
  readonly items = new LinkedList<QueueItem<T>>();
  private readonly counts = [0, 0, 0, 0];

  constructor(readonly name: string) {}

  /** The level of its highest waiting item; null when nothing waits. */
  get level(): Level | null {
    let highest: Level | null = null;
    for (const level of levels) if ((this.counts[level] ?? 0) > 0) highest = level;
    return highest;
  }

  append(item: QueueItem<T>): void {
    this.items.append(item);
    this.count(item, 1);
  }

  prepend(item: QueueItem<T>): void {
    this.items.prepend(item);
    this.count(item, 1);
  }

  remove(item: QueueItem<T>): void {
    this.items.remove(item);
    this.count(item, -1);
  }

  private count(item: QueueItem<T>, by: 1 | -1): void {
    item.waiting = by === 1;
    this.counts[item.level] = (this.counts[item.level] ?? 0) + by;
    this.bytes += by * item.bytes;
  }
}
