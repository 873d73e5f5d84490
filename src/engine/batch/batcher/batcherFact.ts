import type { DurationRun } from "../../kernel/histogram";
import type { StoreFailure } from "../../graph/port";
import type { Breaker } from "../policy/breaker";
import type { Level } from "../queue/level";

/** Counts by level: of LOW, NORMAL, HIGH and CRITICAL items. */
export type LevelCounts = readonly [number, number, number, number];

/** Where an item is counted while it has not ended. */
export type ItemPlace = "waiting" | "deferred" | "inFlight";

/**
 * What happens to the items of a batcher. Each is counted in one place at a time: waiting in memory, in the overflow
 * (`deferred`), in flight, stored, dead or cancelled. Times are monotonic milliseconds, others are durations.
 */
export type BatcherFact =
  /** What one burst of calls submitted. `accepted` are those that wait in memory or, of them, `deferred` in the overflow. */
  | {
      readonly kind: "submitted";
      readonly accepted: number;
      readonly deferred: number;
      readonly duplicates: number;
      readonly refused: number;
    }
  /** From the overflow into memory. */
  | { readonly kind: "returned"; readonly count: number }
  /** Accepted, but neither memory nor the overflow had room after all. */
  | { readonly kind: "withdrawn"; readonly count: number }
  | {
      readonly kind: "batch-started";
      readonly items: number;
      /** Of them, those that were tried before. */
      readonly retried: number;
      /** From submission to now, of those that were not. */
      readonly waits: readonly DurationRun[];
    }
  | BatchEnded
  /** Ended without having been stored. `from` is null for one who only joined another's item. */
  | {
      readonly kind: "left";
      readonly why: "cancelled" | "timed-out" | "stopped" | "dead";
      readonly from: ItemPlace | null;
      readonly count: number;
    }
  | { readonly kind: "breaker"; readonly domain: string; readonly state: Breaker["kind"]; readonly at: number }
  /** A write that did not succeed. Its items may yet. */
  | { readonly kind: "write-failed"; readonly domain: string; readonly failure: StoreFailure };

/** `items` = stored + dead + returned + those that left while it was under way. */
export interface BatchEnded {
  readonly kind: "batch-ended";
  readonly items: number;
  readonly stored: number;
  readonly dead: number;
  /** Back to the waiting ones. */
  readonly returned: number;
  /** Of its write. */
  readonly ms: number;
  /** From submission to the end, of stored items. */
  readonly latencies: readonly DurationRun[];
  /** Stored and dead items by their priority. */
  readonly levels: LevelCounts;
}

export function levelCounts(): [number, number, number, number] {
  return [0, 0, 0, 0];
}

export function countLevel(counts: [number, number, number, number], level: Level): void {
  counts[level] += 1;
}
