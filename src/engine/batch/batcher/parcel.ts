import type { FailureClass } from "../../graph/port";
import type { QueueKey } from "../queue/queueKey";
import type { Entry } from "./entry";
import type { Flight } from "./flight";
import type { Lane } from "./lane";

/**
 * Items that left the queue together. Those that have to be tried again stay in it with their keys held, so that nothing
 * overtakes them; in parts, where only smaller batches can tell which of them is to blame.
 */
export class Parcel<T, R> {
  /** Under way now; null while the parcel rests. */
  flight: Flight<T, R> | null = null;
  /** True when it was tried before and waits to be tried again. */
  resting = false;
  /** True when nothing of it is left and its keys are free. */
  closed = false;
  /** Failures in a row of the first part as a whole. */
  failures = 0;
  failedClass: FailureClass | null = null;
  /** Parts that follow, each after the one before it is decided. */
  later: (readonly Entry<T, R>[])[] = [];

  constructor(
    readonly lane: Lane<T, R>,
    /** What is sent next, or is under way. */
    public items: readonly Entry<T, R>[],
    public keys: readonly QueueKey<Entry<T, R>>[],
  ) {}

  /** Everything in it that has not ended, in order. */
  live(): Entry<T, R>[] {
    return [this.items, ...this.later].flatMap((part) => part.filter((entry) => entry.place === this));
  }

  /** How often the first part has now failed in this way, in a row. */
  failedAgain(of: FailureClass): number {
    this.failures = this.failedClass === of ? this.failures + 1 : 1;
    this.failedClass = of;
    return this.failures;
  }

  /** Other parts take the place of all; none of them has failed by itself. */
  divide(parts: readonly (readonly Entry<T, R>[])[]): void {
    const [first, ...later] = parts;
    this.items = first ?? [];
    this.later = later;
    this.failures = 0;
    this.failedClass = null;
  }
}
