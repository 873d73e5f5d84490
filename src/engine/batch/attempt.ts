import type { Clock } from "../kernel/clock";
import type { Signal } from "../kernel/signal";
import type { LearningEvent } from "../learning/event";
import type { GraphStore, StoreFailure, WriteOutcome } from "../graph/port";
import type { StoreBatch } from "../graph/rows";
import { bounded } from "./bounded";

/** `aborted`: given up because sending stops or starts anew; it says nothing about the store or the events. */
export type AttemptOutcome = WriteOutcome | { readonly kind: "aborted" };

export interface Attempt {
  readonly outcome: AttemptOutcome;
  /** Milliseconds from the building of the rows to the answer. */
  readonly ms: number;
}

export interface AttemptParts {
  readonly clock: Clock;
  readonly store: Pick<GraphStore, "write">;
  readonly rowsFor: (events: readonly LearningEvent[]) => Promise<StoreBatch>;
}

/** Writes some events once. Whatever goes wrong comes back as an outcome, also a throw and a silent store. */
export async function attemptWrite(
  parts: AttemptParts,
  events: readonly LearningEvent[],
  deadlineMs: number,
  signal: Signal,
): Promise<Attempt> {
  const from = parts.clock.monotonic();
  const outcome = await writeWithin(parts, events, deadlineMs, signal);
  return { outcome, ms: parts.clock.monotonic() - from };
}

async function writeWithin(
  parts: AttemptParts,
  events: readonly LearningEvent[],
  deadlineMs: number,
  signal: Signal,
): Promise<AttemptOutcome> {
  try {
    const result = await bounded(parts.clock, deadlineMs, signal, async (own): Promise<WriteOutcome> => {
      const rows = await rowsOrFailure(parts, events);
      if ("kind" in rows) return rows;
      return parts.store.write(rows, own);
    });
    if (result.kind === "done") return result.value;
    return result.kind === "late" ? silent(deadlineMs) : { kind: "aborted" };
  } catch (error) {
    return {
      kind: "failed",
      class: "unknown",
      code: "WRITE_THREW",
      message: `The store's adapter failed: ${textOf(error)}`,
    };
  }
}

async function rowsOrFailure(
  parts: AttemptParts,
  events: readonly LearningEvent[],
): Promise<StoreBatch | StoreFailure> {
  try {
    return await parts.rowsFor(events);
  } catch (error) {
    return {
      kind: "failed",
      class: "data",
      code: "ROWS_FAILED",
      message: `No rows could be made of an event: ${textOf(error)}`,
    };
  }
}

/** What a store that says nothing counts as. */
export function silent(deadlineMs: number): StoreFailure {
  const message = `The store did not answer within ${deadlineMs / 1_000} seconds.`;
  return { kind: "failed", class: "unavailable", code: "DEADLINE", message };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
