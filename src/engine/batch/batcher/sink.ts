import type { Signal } from "../../kernel/signal";
import type { StoreFailure } from "../../graph/port";

/** What became of one item of a batch. */
export type ItemAnswer<R> = { readonly kind: "done"; readonly value: R } | StoreFailure;

export interface SinkContext {
  readonly domain: string;
  /** 1 for the first attempt of these items. */
  readonly attempt: number;
  /** Aborted when all items of the batch were cancelled, or when nobody waits for them any more. */
  readonly signal: Signal;
}

/** Where batches go. */
export interface BatchSink<T, R> {
  /**
   * Writes one batch and answers for each item, in the order of the items. One failure instead of a list is about
   * every item. A throw, a rejection and a list of another length count as a failure of class `unknown` of every item.
   * The same items may come again after a failure, so writing must bear being repeated.
   */
  write(items: readonly T[], context: SinkContext): Promise<readonly ItemAnswer<R>[] | StoreFailure>;
}
