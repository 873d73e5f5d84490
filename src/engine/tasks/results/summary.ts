import type { Durations } from "./durations";

export interface StatusCounts {
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface ErrorCount {
  readonly class: string;
  readonly code: string;
  readonly count: number;
  /** The message of the newest of them. */
  readonly sample: string;
}

export interface DomainSummary extends StatusCounts {
  readonly domain: string;
  readonly items: number;
  readonly meanRunMs: number;
  readonly maxRunMs: number;
}

/** What the results of a task come to. An item counts once, with its last line. */
export interface ResultSummary extends StatusCounts {
  /** Lines that were read, those that later ones took the place of too. */
  readonly lines: number;
  /** Items that have a line. */
  readonly items: number;
  /** Done items whose value has the shape that their kind promises. */
  readonly valid: number;
  /** Runs of the items that are done or failed. */
  readonly runs: number;
  readonly wait: Durations;
  readonly run: Durations;
  /** Milliseconds of all runs together. */
  readonly workMs: number;
  /**
   * Milliseconds by the wall clock from the first start to the last end. When an item started is told by its end and
   * the time of its runs, so a pause between the runs of the first item is not in it.
   */
  readonly elapsedMs: number;
  /** The ten most frequent ones, the most frequent first. */
  readonly topErrors: readonly ErrorCount[];
  /** The largest first. */
  readonly domains: readonly DomainSummary[];
}
