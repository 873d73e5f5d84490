import type { Clock } from "../../kernel/clock";
import { reasonOf } from "../../kernel/reasonOf";
import type { Signal } from "../../kernel/signal";
import type { LearningEvent } from "../../learning/event";
import type { GraphStore, StoreFailure, WriteOutcome } from "../../graph/port";
import type { StoreBatch } from "../../graph/rows";
import { bounded, unlessAborted } from "../../kernel/bounded";

/**
 * Rows of events, or why there are none for now. `local`: something on this device is in the way, so neither the store
 * nor an event is to blame.
 */
export type MadeRows = { readonly kind: "rows"; readonly rows: StoreBatch } | NotTried;

/** A rejection is a fault of the events: no rows can be made of one of them. After the signal nobody waits for it. */
export type RowsFor = (events: readonly LearningEvent[], signal: Signal) => Promise<MadeRows>;

/** `aborted`: given up because sending stops or starts anew. Neither says anything of the store or the events. */
type NotTried = { readonly kind: "aborted" } | { readonly kind: "local"; readonly reason: string };

export type AttemptOutcome = WriteOutcome | NotTried;

export interface Attempt {
  readonly outcome: AttemptOutcome;
  /** Milliseconds that the store took to answer; 0 when it was not asked. */
  readonly ms: number;
}

export interface AttemptParts {
  readonly clock: Clock;
  readonly store: Pick<GraphStore, "write">;
  readonly rowsFor: RowsFor;
}

/** Writes some events once. Whatever goes wrong comes back as an outcome, also a throw and a silent store. */
export async function attemptWrite(
  parts: AttemptParts,
  events: readonly LearningEvent[],
  deadlineMs: number,
  signal: Signal,
): Promise<Attempt> {
  // Outside the store's deadline: a device that is slow to read its own files must not be told as a silent store.
  const made = await unlessAborted(signal, () => rowsOrFailure(parts, events, signal));
  if (made.kind !== "rows") return { outcome: made, ms: 0 };
  const from = parts.clock.monotonic();
  const outcome = await writeWithin(parts, made.rows, deadlineMs, signal);
  return { outcome, ms: parts.clock.monotonic() - from };
}

async function writeWithin(
  parts: AttemptParts,
  rows: StoreBatch,
  deadlineMs: number,
  signal: Signal,
): Promise<AttemptOutcome> {
  try {
    const result = await bounded(parts.clock, deadlineMs, signal, (own) => parts.store.write(rows, own));
    if (result.kind === "done") return result.value;
    return result.kind === "late" ? silent(deadlineMs) : { kind: "aborted" };
  } catch (error) {
    return {
      kind: "failed",
      class: "unknown",
      code: "WRITE_THREW",
      message: `The store's adapter failed: ${reasonOf(error)}`,
    };
  }
}

async function rowsOrFailure(
  parts: AttemptParts,
  events: readonly LearningEvent[],
  signal: Signal,
): Promise<MadeRows | StoreFailure> {
  try {
    return await parts.rowsFor(events, signal);
  } catch (error) {
    return {
      kind: "failed",
      class: "data",
      code: "ROWS_FAILED",
      message: `No rows could be made of an event: ${reasonOf(error)}`,
    };
  }
}

/** What a store that says nothing counts as. */
export function silent(deadlineMs: number): StoreFailure {
  const message = `The store did not answer within ${deadlineMs / 1_000} seconds.`;
  return { kind: "failed", class: "unavailable", code: "DEADLINE", message };
}
