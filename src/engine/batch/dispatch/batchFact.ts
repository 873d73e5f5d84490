import type { FailureClass } from "../../graph/port";
import type { Priority } from "../../learning/event";
import type { Breaker } from "../policy/breaker";
import type { Pressure } from "../policy/pressure";
import type { TargetState } from "./target";

export type PriorityCounts = Readonly<Record<Priority, number>>;

/**
 * What happens to the events of one store. Every event is counted in one place at a time: waiting in the journal
 * (`deferred`), waiting in memory, in flight, stored, dead or cancelled. `time` is epoch milliseconds, `at` is monotonic;
 * other milliseconds are durations.
 */
export type BatchFact = { readonly store: string } &
  /** Into memory: just journaled (`offer`), read from the journal, or a dead letter on its way again. */
  (
    | { readonly kind: "queued"; readonly count: number; readonly from: "offer" | "journal" | "dead" }
    /** Left to the journal: just journaled and no room, out of memory again, or a dead letter to be sent again. */
    | { readonly kind: "deferred"; readonly count: number; readonly from: "offer" | "queue" | "dead" }
    /** Dead letters that a person does not want any more. */
    | { readonly kind: "discarded"; readonly count: number }
    /** The journal has nothing more for this store than what is in memory. */
    | { readonly kind: "caught-up" }
    | {
        readonly kind: "batch-started";
        readonly batch: number;
        readonly events: number;
        readonly waitsMs: readonly number[];
      }
    | BatchSettled
    /** A write that did not succeed. Its events may yet. */
    | {
        readonly kind: "write-failed";
        readonly class: FailureClass;
        readonly code: string;
        readonly message: string;
        readonly time: number;
      }
    /** The same events are written once more. */
    | { readonly kind: "retried"; readonly count: number; readonly time: number }
    /** Callers that waited for their events and were told `deferred` when their time was over. */
    | { readonly kind: "timed-out"; readonly count: number }
    | { readonly kind: "tuned"; readonly load: number; readonly target: number; readonly lanes: number; readonly time: number }
    | { readonly kind: "backpressure"; readonly level: Pressure }
    | {
        readonly kind: "store-state";
        readonly state: TargetState["kind"];
        readonly message: string | null;
        readonly at: number;
      }
    | { readonly kind: "breaker"; readonly state: Breaker["kind"]; readonly at: number; readonly time: number }
  );

/** `events` = stored + failed + returned + deferred. `at` is monotonic, `time` epoch milliseconds. */
export interface BatchSettled {
  readonly kind: "batch-settled";
  readonly batch: number;
  readonly events: number;
  readonly stored: number;
  /** Refused for good: dead letters. */
  readonly failed: number;
  /** Back into the queue. */
  readonly returned: number;
  /** Back to the journal. */
  readonly deferred: number;
  /** From the cut to the end, retries included. */
  readonly ms: number;
  /** The sum of its writes alone. */
  readonly writeMs: number;
  readonly attempts: number;
  /** About how many bytes its events are as JSON. */
  readonly bytes: number;
  /** From the queue to the store, for each stored event. */
  readonly latenciesMs: readonly number[];
  /** Stored and failed events by the priority they queued with. */
  readonly priorities: PriorityCounts;
  readonly at: number;
  readonly time: number;
}
