import { csvCell, type Cell } from "./cell";
import type { Table } from "./table";

/** Without it Excel takes the file for one of the old code page of the machine, and spoils every letter beyond ASCII. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A CSV file by RFC 4180, a chunk for each line: byte order mark, header, CRLF at the end of every line, also the last.
 * A text that a spreadsheet would run as a formula has an apostrophe before it.
 */
export async function* csvChunks<Row>(table: Table<Row>, rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(table.columns);
  for await (const row of rows) yield csvLine(table.cells(row));
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
