import { levels, type Level } from "./level";
import { LinkedList } from "./linkedList";
import { QueueKey, type QueueItem } from "./queueKey";

export interface QueueInput<T> {
  readonly id: string;
  readonly key: string;
  readonly level: Level;
  readonly bytes: number;
  readonly value: T;
}

interface Ring<T> {
  readonly keys: LinkedList<QueueKey<T>>;
  servedAt: number;
}

/**
 * A priority queue of keys. Order inside a key is never changed; a key stands at the level of its highest waiting item;
 * keys of one level take turns. A level rises by one for each `ageingMs` in which none of its keys had a turn, so that
 * no level waits for ever, however full the others are. A key whose items a batch has taken is held until it is
 * released. Every operation costs the same at any length. It has no bound: its owner asks for the size before pushing.
 */
export class KeyedQueue<T> {
  private readonly keys = new Map<string, QueueKey<T>>();
  private readonly byId = new Map<string, QueueItem<T>>();
  private readonly rings: readonly Ring<T>[] = levels.map(() => ({ keys: new LinkedList<QueueKey<T>>(), servedAt: 0 }));
  private count = 0;
  private byteCount = 0;
  private readyCount = 0;
  private readyByteCount = 0;
  private readyFrom = Infinity;

  constructor(public ageingMs: number) {}

  /** Items that wait. */
  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.byteCount;
  }

  /** Waiting items whose keys no batch holds. */
  get readySize(): number {
    return this.readyCount;
  }

  get readyBytes(): number {
    return this.readyByteCount;
  }

  /** Since when (monotonic) something has been ready; Infinity when nothing is. */
  get readySince(): number {
    return this.readyFrom;
  }

  /** True for what waits and for what a batch has taken. */
  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** Adds to the end of its key. False when the id is here already. */
  push(input: QueueInput<T>, now: number): boolean {
    if (this.byId.has(input.id)) return false;
    const key = this.keyOf(input.key);
    const { id, level, bytes, value } = input;
    const item: QueueItem<T> = {
      id,
      value,
      level,
      bytes,
      enqueuedAt: now,
      key,
      waiting: true,
      previous: null,
      next: null,
    };
    this.byId.set(id, item);
    key.append(item);
    this.count += 1;
    this.byteCount += bytes;
    if (!key.held) this.ready(1, bytes, now);
    this.stand(key, now);
    return true;
  }

  /** The key whose turn it is, now held; null when nothing is ready. */
  hold(now: number): { readonly key: QueueKey<T>; readonly level: Level } | null {
    const level = this.highest(now);
    const key = level === null ? null : (this.rings[level]?.keys.first ?? null);
    if (key === null || level === null) return null;
    this.rings[level]?.keys.remove(key);
    key.ring = null;
    key.held = true;
    this.ready(-key.items.length, -key.bytes, now);
    return { key, level };
  }

  /** Takes the first item of a held key; null when it has none. */
  take(key: QueueKey<T>): QueueItem<T> | null {
    const item = key.items.first;
    if (item === null) return null;
    key.remove(item);
    this.count -= 1;
    this.byteCount -= item.bytes;
    return item;
  }

  /** Keys of these levels have had a turn. */
  served(these: Iterable<Level>, now: number): void {
    for (const level of these) {
      const ring = this.rings[level];
      if (ring !== undefined) ring.servedAt = now;
    }
  }

  /** Items that a batch took go back to the fronts of their keys, in the order in which they were taken. */
  putBack(items: readonly QueueItem<T>[]): void {
    for (const item of [...items].reverse()) {
      item.key.prepend(item);
      this.count += 1;
      this.byteCount += item.bytes;
    }
  }

  /** Forgets items that a batch took. */
  finish(items: readonly QueueItem<T>[]): void {
    for (const item of items) this.byId.delete(item.id);
  }

  /** Lets the next batch have these keys. Call it after `putBack` and `finish`. */
  release(keys: Iterable<QueueKey<T>>, now: number): void {
    for (const key of keys) {
      key.held = false;
      const first = key.items.first;
      if (first !== null) this.ready(key.items.length, key.bytes, first.enqueuedAt);
      this.stand(key, now);
    }
  }

  /** Takes out an item that still waits. */
  remove(id: string, now: number): T | null {
    const item = this.byId.get(id);
    if (item === undefined || !item.waiting) return null;
    const { key } = item;
    key.remove(item);
    this.count -= 1;
    this.byteCount -= item.bytes;
    if (!key.held) this.ready(-1, -item.bytes, now);
    this.byId.delete(id);
    this.stand(key, now);
    return item.value;
  }

  /** Takes out everything that waits; what batches hold stays theirs. Returns how many. */
  clear(now: number): number {
    const waiting = [...this.byId.values()].filter((item) => item.waiting);
    for (const item of waiting) this.remove(item.id, now);
    return waiting.length;
  }

  private keyOf(name: string): QueueKey<T> {
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = new QueueKey<T>(name);
    this.keys.set(name, key);
    return key;
  }

  // The higher level wins; of two that stand equal through age, the one that is lower by itself has waited longer.
  private highest(now: number): Level | null {
    let best: { readonly level: Level; readonly standing: number } | null = null;
    for (const level of levels) {
      const ring = this.rings[level];
      const first = ring?.keys.first ?? null;
      if (ring === undefined || first === null) continue;
      const standing = level + Math.floor((now - Math.max(first.joinedAt, ring.servedAt)) / this.ageingMs);
      if (best === null || standing > best.standing) best = { level, standing };
    }
    return best?.level ?? null;
  }

  // A key that stays at its level keeps its place: one that new items keep coming to must not lose its turn.
  private stand(key: QueueKey<T>, now: number): void {
    const { level } = key;
    if (key.held || (level !== null && key.ring === level)) return;
    if (key.ring !== null) this.rings[key.ring]?.keys.remove(key);
    key.ring = level;
    key.joinedAt = now;
    if (level === null) this.keys.delete(key.name);
    else this.rings[level]?.keys.append(key);
  }

  private ready(items: number, bytes: number, since: number): void {
    this.readyCount += items;
    this.readyByteCount += bytes;
    if (this.readyCount === 0) this.readyFrom = Infinity;
    else if (items > 0) this.readyFrom = Math.min(this.readyFrom, since);
  }
}
