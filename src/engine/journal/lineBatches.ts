/** Lines that came together, without their newlines. */
export interface LineBatch {
  readonly lines: readonly string[];
  /** What stands behind the last newline of the file; empty when the file ends with one. Null before the file's end. */
  readonly rest: string | null;
}

/**
 * Cuts a text stream into lines. Whole batches, not single lines, are awaited: a million awaits cost more than the
 * lines. The last batch is the one whose `rest` is not null.
 */
export async function* lineBatches(chunks: AsyncIterable<string>): AsyncGenerator<LineBatch, void, undefined> {
  let open: string[] = [];
  for await (const chunk of chunks) {
    const firstEnd = chunk.indexOf("\n");
    if (firstEnd < 0) {
      open.push(chunk);
      continue;
    }
    // A long line arrives in many chunks: joining them once keeps this linear.
    const lines = [open.join("") + chunk.slice(0, firstEnd)];
    let start = firstEnd + 1;
    for (let end = chunk.indexOf("\n", start); end >= 0; end = chunk.indexOf("\n", start)) {
      lines.push(chunk.slice(start, end));
      start = end + 1;
    }
    open = start < chunk.length ? [chunk.slice(start)] : [];
    yield { lines, rest: null };
  }
  yield { lines: [], rest: open.join("") };
}
