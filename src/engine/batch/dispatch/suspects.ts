import type { Cancel, Clock } from "../../kernel/clock";
import type { StoreFailure } from "../../graph/port";
import type { Cut } from "../queue/cut";
import type { KeyedQueue } from "../queue/keyedQueue";
import type { Parcel, ParcelItem } from "./parcel";
import type { QueueKey } from "../queue/queueKey";

export interface SuspectsParts {
  readonly clock: Clock;
  readonly queue: KeyedQueue<Parcel>;
  /** It is time to try one. */
  readonly onDue: () => void;
}

/**
 * Keys whose first event is suspected. Each is held apart, so that only its own events wait behind it, until it is time
 * to try that event alone.
 */
export class Suspects {
  private readonly waiting = new Map<QueueKey<ParcelItem>, Cancel>();
  private readonly dueKeys: QueueKey<ParcelItem>[] = [];
  private closed = false;

  constructor(private readonly parts: SuspectsParts) {}

  /** True when one can be tried now. */
  get due(): boolean {
    return this.dueKeys.length > 0;
  }

  /** Why one of them waits; null when there is none. */
  get failure(): StoreFailure | null {
    for (const key of [...this.waiting.keys(), ...this.dueKeys]) {
      const suspicion = key.items.first?.value.suspicion ?? null;
      if (suspicion !== null) return suspicion.failure;
    }
    return null;
  }

  /** Holds the key of an item, which is the first of it, for so long. After `close` until `release`. */
  keep({ key }: ParcelItem, ms: number): void {
    this.waiting.set(key, this.closed ? () => undefined : this.parts.clock.after(ms, () => this.isDue(key)));
  }

  /** The next one alone as a batch, whose key is the batch's from now on. */
  cut(): Cut<ParcelItem> | null {
    const { clock, queue } = this.parts;
    for (let key = this.dueKeys.shift(); key !== undefined; key = this.dueKeys.shift()) {
      const item = queue.take(key);
      if (item !== null) return { items: [item], keys: [key] };
      queue.release([key], clock.monotonic());
    }
    return null;
  }

  /** None is tried from now on. */
  close(): void {
    this.closed = true;
    for (const cancel of this.waiting.values()) cancel();
    for (const key of this.dueKeys.splice(0)) this.waiting.set(key, () => undefined);
  }

  /** They stand in the queue like all others again. */
  release(): void {
    const keys = [...this.waiting.keys(), ...this.dueKeys.splice(0)];
    for (const cancel of this.waiting.values()) cancel();
    this.waiting.clear();
    this.closed = false;
    this.parts.queue.release(keys, this.parts.clock.monotonic());
  }

  private isDue(key: QueueKey<ParcelItem>): void {
    this.waiting.delete(key);
    this.dueKeys.push(key);
    this.parts.onDue();
  }
}
