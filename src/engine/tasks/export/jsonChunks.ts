import type { JsonObject } from "../../kernel/json";

/** A list in a JSON document, made while it is written. */
export interface StreamedList {
  readonly name: string;
  readonly rows: AsyncIterable<object>;
}

/**
 * One JSON object: the members of `head`, then the lists, a row a line. A chunk holds one row at most, so a list of any
 * length takes the memory of its longest row. The names of lists are not those of members of `head`.
 */
export async function* jsonChunks(head: JsonObject, lists: readonly StreamedList[]): AsyncGenerator<string> {
  let before = "{\n";
  for (const [name, value] of Object.entries(head)) {
    yield `${before}${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    before = ",\n";
  }
  for (const { name, rows } of lists) {
    yield `${before}${JSON.stringify(name)}: `;
    yield* jsonList(rows);
    before = ",\n";
  }
  yield before === "{\n" ? "{}\n" : "\n}\n";
}

/** One JSON value a line (NDJSON). */
export async function* jsonLines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* jsonList(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ",\n";
  }
  yield before === "[\n" ? "[]" : "\n]";
}
