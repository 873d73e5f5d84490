import { isJsonObject, type JsonObject } from "../kernel/json";
import { EVENT_VERSION, type LearningEvent, type Origin, type Priority, type SubjectKind } from "./event";

/**
 * What a parsed journal line is. `newer` is kept and skipped. `reason` names the field and shows no value of it.
 */
export type ReadEvent =
  | { readonly kind: "event"; readonly event: LearningEvent }
  | { readonly kind: "newer"; readonly v: number }
  | { readonly kind: "bad"; readonly reason: string };

/** Hex digits of a SHA-256. That they are hex is the line's checksum's word: looking costs as much as all the rest. */
const ID_LENGTH = 64;
const hlcForm = /^\d{13}-\d{6}-./s;
const kinds: ReadonlySet<unknown> = new Set<SubjectKind>(["node", "edge", "canvas", "note", "concept"]);
const origins: ReadonlySet<unknown> = new Set<Origin>([
  "index",
  "catch-up",
  "edit",
  "command",
  "api",
  "task",
  "review",
]);
const priorities: ReadonlySet<unknown> = new Set<Priority>(["LOW", "NORMAL", "HIGH", "CRITICAL"]);

/**
 * Checks the shape that everything relies on; the event is the value itself, not a copy. Unknown types and further
 * keys are fine: other devices may write them. It runs once for every line at start-up, so it looks at no `data`.
 */
export function readEvent(value: unknown): ReadEvent {
  if (!isJsonObject(value)) return bad("the line is no object");
  const v = value["v"];
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1) return bad("v is no version");
  if (v > EVENT_VERSION) return { kind: "newer", v };
  const wrong = wrongField(value);
  if (wrong !== null) return bad(`${wrong} is missing or malformed`);
  return { kind: "event", event: value as unknown as LearningEvent };
}

function wrongField(event: JsonObject): string | null {
  const { id, hlc, seq } = event;
  if (typeof id !== "string" || id.length !== ID_LENGTH) return "id";
  if (!isText(event["type"])) return "type";
  if (!Number.isSafeInteger(event["at"])) return "at";
  if (typeof hlc !== "string" || !hlcForm.test(hlc)) return "hlc";
  if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) return "seq";
  if (!isText(event["device"])) return "device";
  if (!isText(event["vault"])) return "vault";
  if (!isCanvas(event["canvas"])) return "canvas";
  if (!isSubject(event["subject"])) return "subject";
  if (!origins.has(event["origin"])) return "origin";
  if (!priorities.has(event["priority"])) return "priority";
  return isJsonObject(event["data"]) ? null : "data";
}

function isCanvas(value: unknown): boolean {
  return value === null || (isJsonObject(value) && isText(value["id"]) && isText(value["path"]));
}

function isSubject(value: unknown): boolean {
  return isJsonObject(value) && kinds.has(value["kind"]) && typeof value["id"] === "string";
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function bad(reason: string): ReadEvent {
  return { kind: "bad", reason };
}
