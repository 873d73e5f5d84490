/** What is wrong with one item, in words for a person and a code for a program. */
export interface ItemError {
  readonly code: string;
  readonly message: string;
  /** Whether the same item can succeed later. */
  readonly retryable: boolean;
}

/**
 * What became of one item.
 * - `accepted`: durable in the journal; the caller did not ask to wait for the stores.
 * - `succeeded`: in every enabled store (without a database: in the local graph).
 * - `duplicate`: the same event was there already; nothing was written.
 * - `deferred`: durable in the journal, but not in every store within the time. It will be sent.
 * - `invalid`: refused before anything was written.
 * - `failed`: a store refused it; or the journal could not keep it although it had kept others of the same call
 *   (`journal_full`, `journal_denied`, `journal_gone`, `journal_other`); or the journal has reached the size that a
 *   person allows (`queue_full`); or what it is about could not be looked up (`graph_unreadable`); or its time was over
 *   before its turn (`deadline`); or the user has turned recording off (`records_off`). All but the first were not recorded and can be tried again.
 */
export type ItemOutcome =
  | { readonly status: "accepted" | "succeeded" | "duplicate" | "deferred"; readonly id: string }
  /** `id` is null where no event of the item is journaled. */
  | { readonly status: "invalid" | "failed"; readonly id: string | null; readonly error: ItemError };

export interface ItemResult {
  /** The item's place in the request, from 0. */
  readonly index: number;
  readonly id: string | null;
  readonly status: ItemOutcome["status"];
  readonly error?: ItemError;
}

/** `requested` is always the sum of the four counts below it, and the length of `results`. */
export interface RecordBatchResult {
  readonly requested: number;
  /** `succeeded` and `accepted`. */
  readonly succeeded: number;
  /** `failed` and `invalid`. */
  readonly failed: number;
  readonly duplicate: number;
  readonly deferred: number;
  /** In the order of the request. */
  readonly results: readonly ItemResult[];
  /** Mean milliseconds of the batches that carried these items; null when none was waited for. */
  readonly batchAvgLatencyMs: number | null;
}

type Count = "succeeded" | "failed" | "duplicate" | "deferred";

const countOf: Readonly<Record<ItemOutcome["status"], Count>> = {
  accepted: "succeeded",
  succeeded: "succeeded",
  duplicate: "duplicate",
  deferred: "deferred",
  invalid: "failed",
  failed: "failed",
};

/** One outcome for each item, in the order of the request. */
export function batchResult(outcomes: readonly ItemOutcome[], batchLatenciesMs: readonly number[]): RecordBatchResult {
  const counts = { succeeded: 0, failed: 0, duplicate: 0, deferred: 0 };
  for (const outcome of outcomes) counts[countOf[outcome.status]] += 1;
  const results = outcomes.map((outcome, index): ItemResult => {
    const { id, status } = outcome;
    return "error" in outcome ? { index, id, status, error: outcome.error } : { index, id, status };
  });
  return { requested: outcomes.length, ...counts, results, batchAvgLatencyMs: mean(batchLatenciesMs) };
}

/** The result of a request for one item. */
export function onlyResult({ results }: RecordBatchResult): ItemResult {
  const [result] = results;
  if (result === undefined) throw new Error("a request for one item without a result");
  return result;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
