import { createSignal, type SignalSource } from "../../kernel/signal";
import type { Linked } from "../queue/linkedList";
import type { Entry } from "./entry";
import type { Parcel } from "./parcel";

/** One batch that a sink has and that is waited for, or that nobody waits for any more. */
export class Flight<T, R> implements Linked<Flight<T, R>> {
  previous: Flight<T, R> | null = null;
  next: Flight<T, R> | null = null;
  readonly source: SignalSource = createSignal();
  readonly items: readonly Entry<T, R>[];
  /** Items that have not ended. */
  live: number;
  /** True from the answer on, or since its time is over: what comes later is ignored. */
  over = false;
  /** True while nobody waits for it because all its items were cancelled. Its slot is free, its keys are not. */
  abandoned = false;

  constructor(
    readonly parcel: Parcel<T, R>,
    /** Monotonic milliseconds, also below. */
    readonly startedAt: number,
    /** Epoch milliseconds. */
    readonly startedWall: number,
    readonly limitAt: number,
    /** Whether it went to find out if the sink works again. */
    readonly probe: boolean,
  ) {
    this.items = parcel.items;
    this.live = parcel.items.length;
  }
}
