import type { StoreFailure } from "../../graph/port";
import type { ItemEnd } from "./submission";

/** The item failed for good. */
export class ItemFailed extends Error {
  override readonly name = "ItemFailed";

  constructor(
    readonly failure: StoreFailure,
    readonly attempts: number,
  ) {
    super(failure.message);
  }
}

/** The item was cancelled. */
export class ItemCancelled extends Error {
  override readonly name = "ItemCancelled";

  /** `started`: a batch with it was under way, so it may have had an effect. */
  constructor(readonly started: boolean) {
    super(started ? "The item was cancelled while it was under way." : "The item was cancelled before it started.");
  }
}

/** The item's deadline passed before it started; it never ran. */
export class ItemTimedOut extends Error {
  override readonly name = "ItemTimedOut";

  constructor() {
    super("The item did not start within its deadline and was taken out.");
  }
}

/** Neither memory nor the overflow has room; the item was not taken. */
export class QueueFull extends Error {
  override readonly name = "QueueFull";

  constructor() {
    super("The queue is full. Submit again when some of its items have ended.");
  }
}

/** The batcher is not running, or stopped before the item started. */
export class BatcherStopped extends Error {
  override readonly name = "BatcherStopped";

  constructor() {
    super("The batcher is not running. Start it and submit again.");
  }
}

/** What the promise of an item becomes with its end. */
export function valueOf<R>(end: ItemEnd<R> | undefined): R | PromiseLike<R> {
  if (end?.kind === "done") return end.value;
  return Promise.reject(end === undefined ? new Error("expected an end for the item") : errorOf(end));
}

/** What `submit` rejects with. */
export function errorOf<R>(end: Exclude<ItemEnd<R>, { readonly kind: "done" }>): Error {
  switch (end.kind) {
    case "failed":
      return new ItemFailed(end.failure, end.attempts);
    case "cancelled":
      return new ItemCancelled(end.started);
    case "timed-out":
      return new ItemTimedOut();
    case "refused":
      return end.reason === "stopped" ? new BatcherStopped() : new QueueFull();
  }
}
