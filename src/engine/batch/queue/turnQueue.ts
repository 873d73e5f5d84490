import { levels, type Level } from "./level";
import { LinkedList } from "./linkedList";
import { QueueKey, type Queued } from "./queueKey";

interface Ring<I extends Queued<I>> {
  readonly keys: LinkedList<QueueKey<I>>;
  servedAt: number;
}

/** Whose turn it is, and at which level it stood. */
export interface Turn<I extends Queued<I>> {
  readonly key: QueueKey<I>;
  readonly level: Level;
}

/**
 * A priority queue of keys. Order inside a key is never changed; a key stands at the level of its highest waiting item;
 * keys of one level take turns. A level rises by one for each `ageingMs` in which none of its keys had a turn, so that
 * no level waits for ever, however full the others are. A key whose items a batch has taken is held until it is
 * released. Items without order of their own share one key for each level, which takes its turns like any other and is
 * never held. Every operation costs the same at any length. It has no bound: its owner asks for the size before adding.
 */
export class TurnQueue<I extends Queued<I>> {
  private readonly keys = new Map<string, QueueKey<I>>();
  private readonly keyless: (QueueKey<I> | null)[] = [null, null, null, null];
  private readonly rings: readonly Ring<I>[] = levels.map(() => ({ keys: new LinkedList<QueueKey<I>>(), servedAt: -Infinity }));
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

  /** Whether no named key has items or is held. */
  get isKeyless(): boolean {
    return this.keys.size === 0;
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

  /** The key of a name, which an item is added to at once: a key with nothing in it is forgotten with its next change. */
  keyNamed(name: string): QueueKey<I> {
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = new QueueKey<I>(name);
    this.keys.set(name, key);
    return key;
  }

  /** The key of the items of one level that have none. */
  keyWithoutOrder(level: Level): QueueKey<I> {
    return (this.keyless[level] ??= new QueueKey<I>("", false));
  }

  /** Adds to the end of its key. */
  append(item: I, now: number): void {
    const { key } = item;
    key.append(item);
    this.count += 1;
    this.byteCount += item.bytes;
    if (!key.held) this.ready(1, item.bytes, now);
    this.stand(key, now);
  }

  /** The key whose turn it is, now held; null when nothing is ready. */
  hold(now: number): Turn<I> | null {
    const level = this.highest(now);
    const key = level === null ? null : (this.rings[level]?.keys.first ?? null);
    if (key === null || level === null) return null;
    this.rings[level]?.keys.remove(key);
    key.ring = null;
    key.held = true;
    this.unready(key.items.length, key.bytes);
    return { key, level };
  }

  /** A key that was held and of which nothing was taken has its turn still. */
  giveBack({ key, level }: Turn<I>): void {
    const first = key.items.first;
    if (first === null) return this.release([key], key.joinedAt);
    key.held = false;
    key.ring = level;
    this.rings[level]?.keys.prepend(key);
    this.ready(key.items.length, key.bytes, first.enqueuedAt);
  }

  /** Takes the first item of a held key; null when it has none. */
  take(key: QueueKey<I>): I | null {
    const item = key.take();
    if (item === null) return null;
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
  putBack(items: readonly I[]): void {
    for (const item of [...items].reverse()) {
      const { key } = item;
      key.prepend(item);
      this.count += 1;
      this.byteCount += item.bytes;
      if (key.held) continue;
      this.ready(1, item.bytes, item.enqueuedAt);
      this.stand(key, item.enqueuedAt);
    }
  }

  /** Lets the next batch have these keys. Call it after `putBack`. */
  release(keys: Iterable<QueueKey<I>>, now: number): void {
    for (const key of keys) {
      key.held = false;
      const first = key.items.first;
      if (first !== null) this.ready(key.items.length, key.bytes, first.enqueuedAt);
      this.stand(key, now);
    }
  }

  /** Takes out an item that still waits, for good. */
  takeOut(item: I, now: number): void {
    const { key } = item;
    key.remove(item);
    this.count -= 1;
    this.byteCount -= item.bytes;
    if (!key.held) this.unready(1, item.bytes);
    this.stand(key, now);
  }

  /** The level at which its next turn stands, age included; null when nothing is ready. */
  standing(now: number): number | null {
    const level = this.highest(now);
    return level === null ? null : this.standingOf(level, now);
  }

  // The higher level wins; of two that stand equal through age, the one that is lower by itself has waited longer.
  private highest(now: number): Level | null {
    let best: Level | null = null;
    let bestStanding = -Infinity;
    for (const level of levels) {
      const standing = this.standingOf(level, now);
      if (standing === null || standing <= bestStanding) continue;
      best = level;
      bestStanding = standing;
    }
    return best;
  }

  private standingOf(level: Level, now: number): number | null {
    const ring = this.rings[level];
    const first = ring?.keys.first ?? null;
    if (ring === undefined || first === null) return null;
    return level + Math.floor((now - Math.max(first.joinedAt, ring.servedAt)) / this.ageingMs);
  }

  // A key that stays at its level keeps its place: one that new items keep coming to must not lose its turn.
  private stand(key: QueueKey<I>, now: number): void {
    const { level } = key;
    if (key.held || (level !== null && key.ring === level)) return;
    // Its age goes along: else items that come and are cancelled would keep what waits with them from ever having a turn.
    if (key.ring === null) key.joinedAt = now;
    else this.rings[key.ring]?.keys.remove(key);
    key.ring = level;
    if (level !== null) this.rings[level]?.keys.append(key);
    else if (key.ordered) this.keys.delete(key.name);
  }

  private ready(items: number, bytes: number, since: number): void {
    this.readyCount += items;
    this.readyByteCount += bytes;
    if (this.readyCount > 0 && since < this.readyFrom) this.readyFrom = since;
  }

  private unready(items: number, bytes: number): void {
    this.readyCount -= items;
    this.readyByteCount -= bytes;
    if (this.readyCount === 0) this.readyFrom = Infinity;
  }
}
