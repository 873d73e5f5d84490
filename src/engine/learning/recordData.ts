import { ownMember, type JsonObject, type JsonValue } from "../kernel/json";
import { parseDue } from "./dueDate";
import { invalid, type InvalidRecord } from "./invalidRecord";
import { levelNames, parseLevel } from "./masteryName";
import { parseNumber } from "./numberValue";
import type { RecordFields } from "./recordFields";

/** The event table's `data` of one type, made of a record's own fields and the free `data` beside them. */
export type RecordData = { readonly kind: "data"; readonly data: JsonObject } | InvalidRecord;

/** A field of the record itself, else the member of its data with the same name. */
type Look = (name: keyof RecordFields) => unknown;

const MAX_RATING = 100;
const MAX_REMARK = 10_000;
const MAX_DUE = 9_999_999_999_999;

/**
 * Checks what a type needs and lays it out as the event table says; further members of `data` stay beside that.
 * What only the graph knows (`previous`, `oldLevel`, a node's `concept`) is null unless `data` says it.
 */
export function recordData(type: string, fields: RecordFields, free: JsonObject, concept: string | null): RecordData {
  const look: Look = (name) => fields[name] ?? ownMember(free, name);
  const { remark } = fields;
  const remarked = remark !== undefined && remark !== null;
  if (remarked && (typeof remark !== "string" || remark.length > MAX_REMARK)) {
    return wrong("remark", `text of at most ${MAX_REMARK} characters`);
  }
  const base = remarked ? { ...free, remark } : free;
  const named = { concept: concept ?? text(free, "concept") };
  switch (type) {
    case "score_submitted":
      return scored(base, named, look);
    case "review_rated":
      return reviewed(base, named, look);
    case "mastery_changed":
      return mastered(base, named, fields, free);
    default:
      return { kind: "data", data: base };
  }
}

function scored(base: JsonObject, named: JsonObject, look: Look): RecordData {
  const value = look("score");
  if (value === undefined || value === null) {
    return invalid("missing_field", "score is missing: score_submitted needs one");
  }
  const score = parseNumber(value);
  if (score === null || score < 0 || score > 100) return wrong("score", "a number from 0 to 100");
  const previous = parseNumber(ownMember(base, "previous"));
  return { kind: "data", data: { ...base, score, previous, ...named } };
}

function reviewed(base: JsonObject, named: JsonObject, look: Look): RecordData {
  const rating = optional(look("rating"), readRating);
  if (rating === undefined) return wrong("rating", `a number or text of 1 to ${MAX_RATING} characters`);
  const due = optional(look("due"), readDue);
  if (due === undefined) return wrong("due", "epoch milliseconds or a date such as 2030-12-31");
  const interval = optional(look("interval"), readAmount);
  if (interval === undefined) return wrong("interval", "a number of at least 0");
  const ease = optional(look("ease"), readAmount);
  if (ease === undefined) return wrong("ease", "a number of at least 0");
  if (rating === null && due === null && interval === null && ease === null) {
    return invalid("missing_field", "review_rated needs a rating, due, interval or ease");
  }
  return { kind: "data", data: { ...base, rating, due, interval, ease, ...named } };
}

// A level of null is said on purpose: the level is taken away. So it counts as given.
function mastered(base: JsonObject, named: JsonObject, fields: RecordFields, free: JsonObject): RecordData {
  const told = [fields.level, ownMember(free, "newLevel"), ownMember(free, "level")].find((value) => value !== undefined);
  if (told === undefined) return invalid("missing_field", "level is missing: mastery_changed needs one (or null)");
  const newLevel = optional(told, readLevel);
  if (newLevel === undefined) return wrong("level", `one of ${levelNames}, or null`);
  const oldLevel = optional(ownMember(free, "oldLevel"), readLevel) ?? null;
  return { kind: "data", data: { ...base, oldLevel, newLevel, ...named } };
}

function readRating(value: unknown): number | string | null {
  if (typeof value === "number") return parseNumber(value);
  return typeof value === "string" && value.trim() !== "" && value.length <= MAX_RATING ? value : null;
}

function readDue(value: unknown): number | string | null {
  if (typeof value === "string") return parseDue(value);
  return typeof value === "number" && value >= 0 && value <= MAX_DUE ? value + 0 : null;
}

function readAmount(value: unknown): number | null {
  const amount = parseNumber(value);
  return amount !== null && amount >= 0 ? amount : null;
}

function readLevel(value: unknown): string | null {
  return typeof value === "string" ? parseLevel(value) : null;
}

/** Null for an absent value, undefined for one that cannot be read. */
function optional<T extends JsonValue>(value: unknown, read: (value: unknown) => T | null): T | null | undefined {
  return value === undefined || value === null ? null : (read(value) ?? undefined);
}

function text(data: JsonObject, name: string): string | null {
  const value = ownMember(data, name);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function wrong(field: string, expected: string): InvalidRecord {
  return invalid("invalid_value", `${field} must be ${expected}`);
}
