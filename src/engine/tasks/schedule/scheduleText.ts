import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json";
import { reasonOf } from "../../kernel/reasonOf";
import type { Priority } from "../../learning/event";
import { problemOf } from "./problemOf";
import type { BegunRun, LastRun, Schedule, ScheduledTask } from "./schedule";
import type { TimeSpan } from "./timesRun";

const VERSION = 1;
const priorities: readonly Priority[] = ["CRITICAL", "HIGH", "NORMAL", "LOW"];

export type ReadSchedules =
  /** Entries that are no schedules ride along and are written back. */
  | { readonly kind: "read"; readonly schedules: readonly Schedule[]; readonly unread: readonly JsonValue[] }
  /** Nothing may be written over this. */
  | { readonly kind: "foreign"; readonly reason: string };

export function schedulesText(schedules: readonly Schedule[], unread: readonly JsonValue[]): string {
  return JSON.stringify({ version: VERSION, schedules: [...schedules, ...unread] });
}

export function readSchedules(text: string): ReadSchedules {
  const file = parsed(text);
  if (typeof file === "string") return { kind: "foreign", reason: file };
  const list = file["schedules"];
  if (file["version"] !== VERSION || !Array.isArray(list)) {
    return { kind: "foreign", reason: "it was written by another version of Canvas Engram" };
  }
  const schedules: Schedule[] = [];
  const unread: JsonValue[] = [];
  for (const entry of list as readonly JsonValue[]) {
    const schedule = readSchedule(entry);
    if (schedule === null) unread.push(entry);
    else schedules.push(schedule);
  }
  return { kind: "read", schedules, unread };
}

function parsed(text: string): JsonObject | string {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : "it holds no schedules";
  } catch (error) {
    return reasonOf(error);
  }
}

function readSchedule(entry: JsonValue): Schedule | null {
  if (!isJsonObject(entry)) return null;
  const { id, cron, missed, createdAt, paused, seen } = entry;
  const task = readTask(entry["task"]);
  const ran = readSpans(entry["ran"]);
  const begun = readBegun(entry["begun"]);
  const lastRun = readLastRun(entry["lastRun"]);
  if (typeof id !== "string" || id === "" || typeof cron !== "string" || problemOf(cron) !== null) return null;
  if (missed !== "run-once" && missed !== "skip") return null;
  if (!isTime(createdAt) || typeof paused !== "boolean" || !isTime(seen)) return null;
  if (task === null || ran === null || begun === undefined || lastRun === undefined) return null;
  return { id, cron, missed, task, createdAt, paused, seen, ran, begun, lastRun };
}

function readTask(value: JsonValue | undefined): ScheduledTask | null {
  if (!isJsonObject(value)) return null;
  const { kind, title, items } = value;
  const priority = priorities.find((one) => one === value["priority"]);
  if (typeof kind !== "string" || typeof title !== "string" || priority === undefined || !Array.isArray(items)) return null;
  return { kind, title, priority, items: items as readonly JsonValue[] };
}

function readSpans(value: JsonValue | undefined): readonly TimeSpan[] | null {
  if (!Array.isArray(value)) return null;
  const spans: TimeSpan[] = [];
  for (const span of value as readonly JsonValue[]) {
    if (!isJsonObject(span) || !isTime(span["from"]) || !isTime(span["to"])) return null;
    spans.push({ from: span["from"], to: span["to"] });
  }
  return spans;
}

function readBegun(value: JsonValue | undefined): BegunRun | null | undefined {
  if (value === null) return null;
  if (!isJsonObject(value) || !isTime(value["time"]) || !Array.isArray(value["before"])) return undefined;
  const before = (value["before"] as readonly JsonValue[]).filter((one) => typeof one === "string");
  return { time: value["time"], before };
}

function readLastRun(value: JsonValue | undefined): LastRun | null | undefined {
  if (value === null) return null;
  if (!isJsonObject(value)) return undefined;
  const { time, at, task, problem } = value;
  if (!isTime(time) || !isTime(at) || !isTextOrNull(task) || !isTextOrNull(problem)) return undefined;
  return { time, at, task, problem };
}

/** Epoch milliseconds that a date can have. */
function isTime(value: JsonValue | undefined): value is number {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}

function isTextOrNull(value: JsonValue | undefined): value is string | null {
  return value === null || typeof value === "string";
}
