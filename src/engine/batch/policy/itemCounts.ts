/**
 * Items or events by where they are, each in one place at a time:
 * accepted = stored + deferred + dead + waiting + inFlight + cancelled.
 */
export interface ItemCounts {
  readonly accepted: number;
  readonly stored: number;
  /** Waiting outside of memory: in the journal only, or in the overflow. */
  readonly deferred: number;
  readonly dead: number;
  /** Waiting in memory. */
  readonly waiting: number;
  readonly inFlight: number;
  /** Ended without having been stored or tried to the end: cancelled, out of time, stopped, or discarded by a person. */
  readonly cancelled: number;
}
