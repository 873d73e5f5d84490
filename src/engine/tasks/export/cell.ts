import type { JsonValue } from "../../kernel/json";

/** One cell of a table. Null and numbers that are none leave it empty. */
export type Cell = string | number | boolean | null;

/**
 * What a spreadsheet would run as a formula: a text that begins with a formula sign, also behind blanks, or in the wide
 * form of East Asian keyboards; and one that begins with a character that ends a cell or a line elsewhere. Quotation
 * marks in front count too, so that the one that the guard adds can be told from the text's own.
 */
const formula = /^'*(?:[\s\p{Cc}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** A JSON value as one cell: scalars as they are, lists and objects as JSON text. */
export function cellOf(value: JsonValue | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

/** The cell as it stands in a CSV file by RFC 4180. Numbers stay numbers, also negative ones. */
export function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  if (typeof cell === "boolean") return String(cell);
  return quoted(formula.test(cell) ? `'${cell}` : cell);
}

// Blanks at either end are quoted too, because some readers drop them otherwise.
function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
