import type { Priority } from "../learning/event";
import type { FailureClass } from "../graph/port";
import type { PriorityCounts } from "../batch/dispatch/batchFact";
import type { ItemCounts } from "../batch/policy/itemCounts";
import type { Pressure } from "../batch/policy/pressure";
import type { TargetState } from "../batch/dispatch/target";
import { stoppedThroughput, type Throughput } from "../kernel/throughput";
import { emptyHistory, type History } from "./history";

/** What is summed up over batches. */
export interface StoreTotals {
  readonly batches: number;
  /** Events of these batches, each time they travelled. */
  readonly travelled: number;
  readonly writeMs: number;
  readonly attempts: number;
  /** Events written once more. */
  readonly retried: number;
  /** Events that became dead letters. */
  readonly failed: number;
  /** Writes that a store refused or did not answer. */
  readonly failedWrites: number;
  /** Events whose callers were told `deferred` when their time was over. */
  readonly timeouts: number;
  /** Stored and dead events by the priority they queued with. */
  readonly priorities: PriorityCounts;
}

export interface BreakerStats {
  readonly state: "closed" | "open" | "half-open";
  readonly opens: number;
  /** Milliseconds that it has been open, the present opening not included. */
  readonly openMs: number;
  /** Since when (monotonic) it is open; null when it is not. */
  readonly openSince: number | null;
  readonly probes: number;
}

export interface LastFailure {
  readonly class: FailureClass;
  readonly code: string;
  readonly message: string;
}

export interface StoreStats {
  readonly state: TargetState["kind"];
  /** One plain sentence when something is wrong, else null. */
  readonly message: string | null;
  /** Where its events are. What a person discards counts as cancelled. */
  readonly counts: ItemCounts;
  readonly totals: StoreTotals;
  readonly history: History;
  readonly pace: Throughput;
  readonly breaker: BreakerStats;
  readonly lastFailure: LastFailure | null;
  readonly load: number;
  readonly targetSize: number;
  readonly lanes: number;
  readonly pressure: Pressure;
}

const noPriorities: Readonly<Record<Priority, number>> = { LOW: 0, NORMAL: 0, HIGH: 0, CRITICAL: 0 };

const noTotals: StoreTotals = {
  batches: 0,
  travelled: 0,
  writeMs: 0,
  attempts: 0,
  retried: 0,
  failed: 0,
  failedWrites: 0,
  timeouts: 0,
  priorities: noPriorities,
};

export const emptyStoreStats: StoreStats = {
  state: "off",
  message: null,
  counts: { accepted: 0, stored: 0, deferred: 0, dead: 0, waiting: 0, inFlight: 0, cancelled: 0 },
  totals: noTotals,
  history: emptyHistory,
  pace: stoppedThroughput,
  breaker: { state: "closed", opens: 0, openMs: 0, openSince: null, probes: 0 },
  lastFailure: null,
  load: 0,
  targetSize: 0,
  lanes: 0,
  pressure: "ok",
};
