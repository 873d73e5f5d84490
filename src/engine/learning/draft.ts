import type { JsonObject } from "../kernel/json";
import type { EventDraft, Subject } from "./event";
import { priorityOf } from "./priority";

/** A draft with the priority that the event table gives its type. */
export function draft(type: string, subject: Subject, data: JsonObject): EventDraft {
  return { type, subject, data, priority: priorityOf(type) };
}
