/** Reads a CSV file by RFC 4180, letter by letter. Throws where a file breaks the rules. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    row.push(field.value);
    at = field.end;
    if (text[at] === ",") {
      at += 1;
    } else if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else {
      throw new Error(`expected a comma or CRLF at ${at}`);
    }
  }
  if (row.length > 0) throw new Error("the last line has no end");
  return rows;
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function quotedField(text: string, start: number): Field {
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') value += text[(at += 1)];
    else return { value, end: at + 1 };
  }
  throw new Error(`the quotation mark at ${start} is never closed`);
}

function plainField(text: string, start: number): Field {
  let at = start;
  while (at < text.length && text[at] !== "," && text[at] !== "\r" && text[at] !== "\n") {
    if (text[at] === '"') throw new Error(`a quotation mark inside a plain cell at ${at}`);
    at += 1;
  }
  return { value: text.slice(start, at), end: at };
}
