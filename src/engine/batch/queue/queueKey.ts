import type { Level } from "./level";
import { Line, type InLine } from "./line";
import type { Linked } from "./linkedList";

/** Something that stands in the queue of its key. What a batch took may be put back, and then stands there again. */
export interface Queued<I extends Queued<I>> extends InLine<I> {
  readonly level: Level;
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly enqueuedAt: number;
  readonly key: QueueKey<I>;
}

/** The items of one key, first come first served, and the ring it stands in. */
export class QueueKey<I extends Queued<I>> implements Linked<QueueKey<I>> {
  previous: QueueKey<I> | null = null;
  next: QueueKey<I> | null = null;
  /** The ring it stands in; null while a batch holds it or while nothing of it waits. */
  ring: Level | null = null;
  /** Monotonic milliseconds at which it came to its ring. */
  joinedAt = -Infinity;
  /** True while a batch with items of it is on its way: nothing may overtake them. */
  held = false;
  bytes = 0;
  readonly items = new Line<I>();
  private readonly counts = [0, 0, 0, 0];
  private highest: Level | null = null;

  /** A key without order is never held for longer than a batch is cut. */
  constructor(
    readonly name: string,
    readonly ordered = true,
  ) {}

  /** The level of its highest waiting item; null when nothing waits. */
  get level(): Level | null {
    return this.highest;
  }

  append(item: I): void {
    this.items.append(item);
    this.added(item);
  }

  prepend(item: I): void {
    this.items.prepend(item);
    this.added(item);
  }

  /** Takes the first; null when there is none. */
  take(): I | null {
    const item = this.items.take();
    if (item !== null) this.left(item);
    return item;
  }

  /** Takes out one for good. */
  remove(item: I): void {
    this.items.remove(item);
    this.left(item);
  }

  private left(item: I): void {
    this.bytes -= item.bytes;
    const left = (this.counts[item.level] ?? 0) - 1;
    this.counts[item.level] = left;
    if (left === 0 && item.level === this.highest) this.highest = this.below(item.level);
  }

  private added({ level, bytes }: I): void {
    this.bytes += bytes;
    this.counts[level] = (this.counts[level] ?? 0) + 1;
    if (this.highest === null || level > this.highest) this.highest = level;
  }

  private below(level: Level): Level | null {
    for (let lower = level - 1; lower >= 0; lower -= 1) if ((this.counts[lower] ?? 0) > 0) return lower as Level;
    return null;
  }
}
