import { isJsonObject, type JsonObject } from "../kernel/json";
import { draft } from "./draft";
import type { EventDraft, SubjectKind } from "./event";
import { invalid, type InvalidRecord } from "./invalidRecord";
import { plainJson } from "./plainJson";
import { recordData } from "./recordData";
import { readFields, type RecordFields } from "./recordFields";
import { readSubject } from "./recordSubject";
import { readTimestamp } from "./recordTime";

/** A record of the API or of a command that can become an event. */
export interface ValidRecord {
  readonly kind: "valid";
  /** Not complete yet: see `completeRecord`. */
  readonly draft: EventDraft;
  /** Vault path of the canvas that the subject is in or is; null for notes and concepts. */
  readonly canvasPath: string | null;
  /** The caller's time in epoch ms; null: the clock. */
  readonly at: number | null;
}

const MAX_DATA = 256 * 1024;
const MAX_DEPTH = 64;
const custom = /^custom:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const fileOnly = /^(?:canvas|node|edge|color)_[a-z_]+$/;

/** Whether only what a file says makes events of this type, so that no record can say it. */
export function isOfFile(type: string): boolean {
  return fileOnly.test(type);
}

/** Which subjects a type may be about. */
const subjects: ReadonlyMap<string, readonly SubjectKind[]> = new Map<string, readonly SubjectKind[]>([
  ["score_submitted", ["node", "note", "concept"]],
  ["review_rated", ["node", "note", "concept"]],
  ["mastery_changed", ["node", "note", "concept"]],
  ["explanation_created", ["node", "edge", "canvas", "note", "concept"]],
  ["note_opened", ["note"]],
]);

/**
 * Checks one record from outside:
 * `{type, timestamp?, canvas?, node?, edge?, note?, concept?, data?}` and, by type, `score`, `rating`, `due`,
 * `interval`, `ease`, `level` and `remark`, which may also stand in `data`.
 * Types that only files make are refused. Never throws, whatever is given.
 */
export function validateRecord(input: unknown): ValidRecord | InvalidRecord {
  try {
    return validate(input);
  } catch {
    // Only a getter or a proxy of the caller can throw here.
    return invalid("invalid_input", "the record could not be read");
  }
}

function validate(input: unknown): ValidRecord | InvalidRecord {
  const fields = readFields(input);
  if (fields === null) return invalid("invalid_input", "a record must be an object");
  const type = readType(fields.type);
  if (typeof type !== "string") return type;
  const found = readSubject(fields);
  if (found.kind === "invalid") return found;
  const kinds = subjects.get(type);
  if (kinds !== undefined && !kinds.includes(found.subject.kind)) {
    const expected = `${type} is about one of ${kinds.join(", ")}`;
    return invalid("invalid_subject", `${expected}; the subject given is of kind ${found.subject.kind}`);
  }
  const time = readTimestamp(fields.timestamp);
  if (time.kind === "invalid") return time;
  const data = readData(type, fields, found.concept);
  if (data.kind === "invalid") return data;
  const { subject, canvasPath } = found;
  return { kind: "valid", draft: draft(type, subject, data.data), canvasPath, at: time.at };
}

function readType(type: unknown): string | InvalidRecord {
  if (type === undefined || type === null) return invalid("missing_field", "type is missing");
  if (typeof type !== "string") return invalid("unknown_type", "type must be text");
  if (subjects.has(type) || custom.test(type)) return type;
  if (fileOnly.test(type)) {
    return invalid("file_only_type", `${type.slice(0, 60)} is read from canvas files only: edit the canvas instead`);
  }
  const known = `${[...subjects.keys()].join(", ")} or custom:<name>`;
  return invalid("unknown_type", `unknown type ${JSON.stringify(type.slice(0, 60))}: expected ${known}`);
}

function readData(type: string, fields: RecordFields, concept: string | null): ReturnType<typeof recordData> {
  const free = readFree(fields.data);
  return free.kind === "invalid" ? free : recordData(type, fields, free.data, concept);
}

function readFree(data: unknown): { readonly kind: "data"; readonly data: JsonObject } | InvalidRecord {
  if (data === undefined || data === null) return { kind: "data", data: {} };
  const copied = plainJson(data, { depth: MAX_DEPTH, characters: MAX_DATA });
  if (copied.kind === "too-large") return invalid("data_too_large", `data is ${copied.reason}`);
  if (copied.kind === "not-json") return invalid("invalid_data", `data must be plain JSON: it holds ${copied.reason}`);
  if (!isJsonObject(copied.value)) return invalid("invalid_data", "data must be a JSON object");
  return { kind: "data", data: copied.value };
}
