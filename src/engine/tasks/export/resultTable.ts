import type { ItemResult } from "../itemResult";
import { cellOf, type Cell } from "./cell";
import { isoText } from "./isoText";
import type { Table } from "./table";

/** Result lines as a table. `value` of a done item is its result, as JSON where it is no single value. */
export const resultTable: Table<ItemResult> = {
  columns: ["item", "status", "domain", "attempts", "waitMs", "runMs", "endedAt", "value", "errorClass", "errorCode", "errorMessage"],
  cells(line) {
    const { item, status, domain, attempts, waitMs, runMs, at } = line;
    return [item, status, domain, attempts, waitMs, runMs, isoText(at), ...outcome(line)];
  },
};

function outcome(line: ItemResult): readonly Cell[] {
  switch (line.status) {
    case "done":
      return [cellOf(line.value), null, null, null];
    case "failed":
      return [null, line.error.class, line.error.code, line.error.message];
    case "cancelled":
      return [null, null, null, null];
  }
}
