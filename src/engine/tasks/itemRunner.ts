import type { JsonValue } from "../kernel/json";
import type { Signal } from "../kernel/signal";
import type { ItemAnswer } from "../batch/batcher/sink";
import type { ItemEnd, SubmitOptions } from "../batch/batcher/submission";

/** One item to be run. It may be asked to run more than once, when its failure is of a class that is tried again. */
export interface ItemRun {
  /** Never rejects. */
  run(signal: Signal): Promise<ItemAnswer<JsonValue>>;
}

export type ItemRunOptions = Pick<SubmitOptions, "priority" | "key" | "domain" | "signal">;

/**
 * Who decides when items run: by priority, by key (one at a time, in the order of submission), within the limits of
 * their domain, and again after a failure that may pass. An item whose signal is aborted while it waits, or between two
 * runs, ends as cancelled and does not run; one that runs ends as cancelled at once, and the signal that its run was
 * given is aborted.
 */
export interface ItemRunner {
  /** How each ended, in their order, when all have. Never rejects. */
  submitAll(runs: readonly ItemRun[], options: ItemRunOptions): Promise<readonly ItemEnd<JsonValue>[]>;
  /** Why no item of this domain runs before a person acts, such as a wrong password, for people; null when that is not so. */
  troubleOf(domain: string): string | null;
}
