import type { Cell } from "./cell";

/** How rows of one kind become lines of a table. A row has as many cells as there are columns. */
export interface Table<Row> {
  readonly columns: readonly string[];
  cells(row: Row): readonly Cell[];
}
