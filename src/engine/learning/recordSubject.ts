import { conceptKey } from "./concept";
import type { Subject } from "./event";
import { invalid, type InvalidRecord } from "./invalidRecord";
import type { RecordFields } from "./recordFields";
import { checkVaultPath } from "./vaultPath";

export interface RecordSubject {
  readonly kind: "subject";
  /** For a canvas the id is its path: only the caller knows which canvas has that path. */
  readonly subject: Subject;
  /** The canvas of a node or edge, or the canvas itself; null for notes and concepts. */
  readonly canvasPath: string | null;
  /** What the subject is about as far as the record says; null where the graph has to say it. */
  readonly concept: string | null;
}

const MAX_ID = 10_000;
const MAX_NAME = 1000;

/** What a record is about: exactly one of node or edge (with its canvas), note, concept, or a canvas alone. */
export function readSubject(fields: RecordFields): RecordSubject | InvalidRecord {
  const named = (["node", "edge", "note", "concept"] as const).filter((name) => isGiven(fields[name]));
  const [kind, second] = named;
  if (second !== undefined) return invalid("invalid_subject", `expected one subject, got ${named.join(" and ")}`);
  if (kind === undefined) return isGiven(fields.canvas) ? canvasSubject(fields.canvas) : noSubject();
  if (kind === "note" || kind === "concept") {
    if (isGiven(fields.canvas)) return invalid("invalid_subject", `a ${kind} belongs to no canvas: leave canvas out`);
    return kind === "note" ? noteSubject(fields.note) : conceptSubject(fields.concept);
  }
  return entrySubject(kind, fields[kind], fields.canvas);
}

function entrySubject(kind: "node" | "edge", id: unknown, canvas: unknown): RecordSubject | InvalidRecord {
  if (typeof id !== "string" || id === "" || id.length > MAX_ID) {
    return invalid("invalid_subject", `${kind} must be the id that the canvas file gives it`);
  }
  if (!isGiven(canvas)) return invalid("missing_field", `canvas is missing: a ${kind} needs the path of its canvas`);
  const found = canvasSubject(canvas);
  return found.kind === "invalid" ? found : { ...found, subject: { kind, id } };
}

function canvasSubject(canvas: unknown): RecordSubject | InvalidRecord {
  const path = readPath("canvas", canvas);
  if (typeof path !== "string") return path;
  const file = /\.canvas$/i.test(path) ? path : `${path}.canvas`;
  return { kind: "subject", subject: { kind: "canvas", id: file }, canvasPath: file, concept: null };
}

function noteSubject(note: unknown): RecordSubject | InvalidRecord {
  const path = readPath("note", note);
  if (typeof path !== "string") return path;
  if (!/\.md$/i.test(path)) return invalid("invalid_path", "note must be the vault path of a note, ending in .md");
  return { kind: "subject", subject: { kind: "note", id: path }, canvasPath: null, concept: path };
}

function conceptSubject(concept: unknown): RecordSubject | InvalidRecord {
  const name = typeof concept === "string" ? concept.trim() : "";
  if (name === "" || name.length > MAX_NAME) {
    return invalid("invalid_subject", `concept must be a name of 1 to ${MAX_NAME} characters`);
  }
  return { kind: "subject", subject: { kind: "concept", id: conceptKey(name) }, canvasPath: null, concept: name };
}

function readPath(field: string, value: unknown): string | InvalidRecord {
  if (typeof value !== "string") return invalid("invalid_path", `${field} must be a vault path`);
  const checked = checkVaultPath(value);
  return checked.kind === "path" ? checked.path : invalid("invalid_path", `${field}: ${checked.reason}`);
}

function noSubject(): InvalidRecord {
  return invalid("missing_field", "expected a subject: node with canvas, edge with canvas, note, concept, or canvas");
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
