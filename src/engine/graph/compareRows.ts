import type { ExpectedRow } from "./expectedRows";
import type { StoredRow } from "./storedRows";

/**
 * How a store's row differs from what was sent.
 * - `missing`: it is not there. `older`: it says less than was sent. Sending again puts both right.
 * - `unlinked`: it is whole, but what ties it to its canvas or subject is gone. Sending again ties it.
 * - `newer`: it says more than this device knows, so another device wrote it.
 */
export type RowDifference = "missing" | "older" | "unlinked" | "newer";

export interface DifferingRow {
  readonly difference: RowDifference;
  readonly row: ExpectedRow;
  /** The clock that the store has; empty where the row is missing. */
  readonly stored: string;
}

/** Compares rows of one kind with the answers to their keys, in the order of the rows. */
export function compareRows(expected: readonly ExpectedRow[], answers: readonly StoredRow[]): readonly DifferingRow[] {
  const stored = new Map(answers.map((row) => [row.key, row]));
  return expected.flatMap((row) => {
    const found = stored.get(row.key);
    const difference = differenceOf(row, found);
    return difference === null ? [] : [{ difference, row, stored: found?.clock ?? "" }];
  });
}

// Row clocks grow in dictionary order with whatever a row says, so text tells which of two says more.
function differenceOf(row: ExpectedRow, found: StoredRow | undefined): RowDifference | null {
  if (found === undefined) return "missing";
  if (found.clock < row.clock) return "older";
  if (!found.linked) return "unlinked";
  return found.clock > row.clock ? "newer" : null;
}
