import type { Span } from "./jsonSpans";

/** Replaces a part of a text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** The text after edits that do not overlap; the order in which they are given does not count. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) throw new RangeError(`edits overlap at ${edit.start}`);
    parts.push(text.slice(done, edit.start), edit.text);
    done = edit.end;
  }
  parts.push(text.slice(done));
  return parts.join("");
}
