import type { Signal } from "../../kernel/signal";
import type { Priority } from "../../learning/event";
import type { StoreFailure } from "../../graph/port";

/** How an item wants to be treated. */
export interface SubmitOptions {
  /** NORMAL when it is not said. */
  readonly priority?: Priority;
  /** Items of one key reach the sink in the order of their submission, one batch at a time. Without a key: in any order. */
  readonly key?: string;
  /** While an item with this key waits or is in flight, another one joins it and gets the same end. */
  readonly dedupeKey?: string;
  /** Milliseconds from now within which it must have started; one that has not is taken out and never runs. */
  readonly deadlineMs?: number;
  /** Whose limits it falls under, such as a store, a host or a folder. Batches never mix domains. */
  readonly domain?: string;
  /** Bytes that count towards the size of a batch; 0 when it is not said. */
  readonly bytes?: number;
  /** Who asks, for figures; not passed to the sink. */
  readonly user?: string;
  /** Cancels the item: waiting, it goes at once; in flight, its slot is freed at once and its answer is not waited for. */
  readonly signal?: Signal;
}

/** How an item ended. Whole milliseconds: `waitMs` from submission to its last start, `runMs` the sum of its attempts. */
export type ItemEnd<R> =
  | { readonly kind: "done"; readonly value: R; readonly attempts: number; readonly waitMs: number; readonly runMs: number }
  | { readonly kind: "failed"; readonly failure: StoreFailure; readonly attempts: number; readonly waitMs: number; readonly runMs: number }
  /** `started`: a batch with it was under way, so it may have had an effect. */
  | { readonly kind: "cancelled"; readonly started: boolean }
  /** Its deadline passed before it started. */
  | { readonly kind: "timed-out" }
  /** The batcher refused it: it is stopping, or neither memory nor disk has room. */
  | { readonly kind: "refused"; readonly reason: "stopped" | "queue-full" };
