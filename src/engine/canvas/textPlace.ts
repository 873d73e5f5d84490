/** A place as people count it: line and column from 1; a column is one UTF-16 unit. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset. A line ends with `\n`, `\r\n` or a lone `\r`. */
export function placeAt(text: string, offset: number): TextPlace {
  let line = 1;
  let lineStart = 0;
  const ends = /\r\n|\n|\r/g;
  for (let match = ends.exec(text); match !== null && ends.lastIndex <= offset; match = ends.exec(text)) {
    line += 1;
    lineStart = ends.lastIndex;
  }
  return { line, column: offset - lineStart + 1 };
}
