import type { Level } from "../queue/level";
import type { QueueKey, Queued } from "../queue/queueKey";
import type { Call } from "./call";
import type { Lane } from "./lane";
import type { Parcel } from "./parcel";

export type Resolve<R> = (value: R | PromiseLike<R>) => void;

/** Where an end is told: the item's position in its call, or the resolver of its own promise where it has no call. */
export type Slot<R> = number | Resolve<R>;

/** Who waits for an item. */
export interface Waiter<R> {
  readonly call: Call<R> | null;
  readonly slot: Slot<R>;
}

/** What items that were submitted together share, so that one of a hundred thousand carries only what is its own. */
export interface Terms<T, R> {
  readonly lane: Lane<T, R>;
  readonly call: Call<R> | null;
  /** Monotonic milliseconds. */
  readonly at: number;
  readonly level: Level;
  readonly bytes: number;
  readonly user: string | null;
}

/** Where an item is: in the queue of its lane, in the overflow, in a parcel that is under way or rests, or nowhere. */
export type Place<T, R> = "queued" | "spilled" | "ended" | Parcel<T, R>;

/** One item from its submission to its end. It has so few fields because there may be a hundred thousand of it. */
export class Entry<T, R> implements Queued<Entry<T, R>> {
  next: Entry<T, R> | null = null;
  place: Place<T, R> = "queued";

  constructor(
    /** Undefined while it is in the overflow and after its end. */
    public value: T | undefined,
    public terms: Terms<T, R>,
    public key: QueueKey<Entry<T, R>>,
    public slot: Slot<R>,
    readonly dedupeKey: string | undefined,
  ) {}

  get level(): Level {
    return this.terms.level;
  }

  get bytes(): number {
    return this.terms.bytes;
  }

  get enqueuedAt(): number {
    return this.terms.at;
  }
}
