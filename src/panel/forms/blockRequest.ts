import { fill, strings } from "../text/strings";

/** What a code block asks for. `canvas` is a path or a link as it was written. */
export type BlockRequest =
  | { readonly show: "stats"; readonly canvas: string | null; readonly days: number; readonly limit: number }
  | { readonly show: "due"; readonly canvas: string | null; readonly days: number; readonly limit: number }
  | { readonly show: "timeline"; readonly canvas: string; readonly node: string | null; readonly limit: number };

/** What is wrong, in which line (from 1; null: the block as a whole). */
export interface BlockFault {
  readonly line: number | null;
  readonly reason: string;
}

export type ReadBlock = { readonly kind: "request"; readonly request: BlockRequest } | { readonly kind: "fault"; readonly fault: BlockFault };

const keys = ["show", "canvas", "node", "days", "limit"] as const;

type Key = (typeof keys)[number];
type Field = { readonly value: string; readonly line: number };
type Fields = ReadonlyMap<Key, Field>;

class Faulty extends Error {
  constructor(
    readonly line: number | null,
    reason: string,
  ) {
    super(reason);
  }
}

/** Reads lines of the form `key: value`. Empty lines and those that begin with `#` say nothing. */
export function readBlock(source: string): ReadBlock {
  try {
    return { kind: "request", request: requestOf(fieldsOf(source)) };
  } catch (error) {
    if (!(error instanceof Faulty)) throw error;
    return { kind: "fault", fault: { line: error.line, reason: error.message } };
  }
}

function fieldsOf(source: string): Fields {
  const words = strings.block;
  const fields = new Map<Key, Field>();
  source.split(/\r?\n/).forEach((text, index) => {
    const line = index + 1;
    const trimmed = text.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    const [, name, rest] = /^([^:]*):(.*)$/.exec(trimmed) ?? [];
    if (name === undefined || rest === undefined) throw new Faulty(line, fill(words.noKey, { line: trimmed }));
    const key = keys.find((one) => one === name.trim().toLowerCase());
    if (key === undefined) throw new Faulty(line, fill(words.unknownKey, { key: name.trim(), keys: keys.join(", ") }));
    if (fields.has(key)) throw new Faulty(line, fill(words.twice, { key }));
    const value = bare(rest.trim());
    if (value === "") throw new Faulty(line, fill(words.empty, { key }));
    fields.set(key, { value, line });
  });
  return fields;
}

function requestOf(fields: Fields): BlockRequest {
  const words = strings.block;
  const show = fields.get("show");
  if (show === undefined) throw new Faulty(null, words.showMissing);
  const node = fields.get("node");
  const canvas = fields.get("canvas")?.value ?? null;
  if (node !== undefined && show.value !== "timeline") throw new Faulty(node.line, words.nodeOnly);
  switch (show.value) {
    case "stats":
      return { show: "stats", canvas, days: whole(fields, "days", 7, 1, 31), limit: whole(fields, "limit", 5, 1, 50) };
    case "due":
      return { show: "due", canvas, days: whole(fields, "days", 0, 0, 366), limit: whole(fields, "limit", 20, 1, 200) };
    case "timeline":
      if (canvas === null) throw new Faulty(show.line, words.canvasMissing);
      return { show: "timeline", canvas, node: node?.value ?? null, limit: whole(fields, "limit", 10, 1, 200) };
    default:
      throw new Faulty(show.line, fill(words.show, { value: show.value }));
  }
}

function whole(fields: Fields, key: Key, usual: number, least: number, most: number): number {
  const field = fields.get(key);
  if (field === undefined) return usual;
  const value = /^\d+$/.test(field.value) ? Number(field.value) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Faulty(field.line, fill(strings.block.number, { key, least: String(least), most: String(most), value: field.value }));
}

/** Without the quotes of YAML or the brackets of a link around it; of a link with another text, what it leads to. */
function bare(text: string): string {
  const [, , quoted] = /^(["'])(.*)\1$/.exec(text) ?? [];
  const value = quoted ?? text;
  const [, link] = /^\[\[([^\]|]+)(?:\|[^\]]*)?\]\]$/.exec(value) ?? [];
  return (link ?? value).trim();
}
