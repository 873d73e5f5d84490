import { isGeneratorName, type GeneratorName } from "./nodeTaskSettings";
import { isExplainStyle, type ExplainStyle } from "./explainStyles";

/** What a note that a task made says of itself in its front matter. */
export interface NoteStamp {
  /** Which explanation it is: the same whenever it is asked for again. */
  readonly identity: string;
  /** Vault path of the canvas when it was made. */
  readonly canvas: string;
  readonly style: ExplainStyle;
  readonly generator: GeneratorName;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const IDENTITY = "engram-explanation";
const CANVAS = "engram-canvas";
const STYLE = "engram-style";
const GENERATOR = "engram-generator";
const CREATED = "engram-created";

/** The note with its stamp, in the front matter that it has or in one of its own. */
export function stamped(text: string, { canvas, createdAt, generator, identity, style }: NoteStamp): string {
  const lines = [
    `${IDENTITY}: ${identity}`,
    `${CANVAS}: ${JSON.stringify(canvas)}`,
    `${STYLE}: ${style}`,
    `${GENERATOR}: ${generator}`,
    `${CREATED}: ${new Date(createdAt).toISOString()}`,
  ].join("\n");
  const own = /^---\r?\n/.exec(text)?.[0];
  const isClosed = own !== undefined && /\r?\n---[ \t]*(\r?\n|$)/.test(text.slice(own.length - 1));
  return isClosed ? `---\n${lines}\n${text.slice(own.length)}` : `---\n${lines}\n---\n\n${text}`;
}

/** The stamp of a note; null where it has none, or one that a person has changed beyond reading. */
export function readStamp(text: string): NoteStamp | null {
  const head = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (head === undefined) return null;
  const values = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const [, key, value] = /^(engram-[a-z]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, value);
  }
  const identity = values.get(IDENTITY) ?? "";
  const canvas = unquoted(values.get(CANVAS) ?? "");
  const style = values.get(STYLE);
  const generator = values.get(GENERATOR);
  const createdAt = Date.parse(unquoted(values.get(CREATED) ?? "") ?? "");
  if (!/^[0-9a-f]{10,64}$/.test(identity) || canvas === null || Number.isNaN(createdAt)) return null;
  return isExplainStyle(style) && isGeneratorName(generator) ? { identity, canvas, style, generator, createdAt } : null;
}

// The app may take the quotes away, or put others around it, when a property is edited.
function unquoted(text: string): string | null {
  if (text.startsWith("'") && text.endsWith("'") && text.length > 1) return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text === "" ? null : text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
