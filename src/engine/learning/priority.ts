import type { Origin, Priority } from "./event";

/** The event table's priorities. A type that the table does not name is NORMAL. */
const priorities: ReadonlyMap<string, Priority> = new Map<string, Priority>([
  ["canvas_created", "NORMAL"],
  ["canvas_renamed", "HIGH"],
  ["canvas_deleted", "HIGH"],
  ["node_created", "NORMAL"],
  ["node_updated", "NORMAL"],
  ["node_moved", "LOW"],
  ["color_changed", "HIGH"],
  ["color_removed", "HIGH"],
  ["node_removed", "NORMAL"],
  ["edge_created", "NORMAL"],
  ["edge_removed", "NORMAL"],
  ["edge_updated", "NORMAL"],
  ["score_submitted", "CRITICAL"],
  ["review_rated", "CRITICAL"],
  ["mastery_changed", "HIGH"],
  ["explanation_created", "NORMAL"],
  ["note_opened", "LOW"],
]);

/** Other programs' names for priorities. */
const names: ReadonlyMap<string, Priority> = new Map<string, Priority>([
  ["critical", "CRITICAL"],
  ["immediate", "CRITICAL"],
  ["high", "HIGH"],
  ["normal", "NORMAL"],
  ["low", "LOW"],
]);

/** A priority by its name, in any case, also `immediate` for CRITICAL; null for anything else. */
export function readPriority(value: unknown): Priority | null {
  return typeof value === "string" ? (names.get(value.toLowerCase()) ?? null) : null;
}

export function priorityOf(type: string): Priority {
  return priorities.get(type) ?? "NORMAL";
}

/** The priority an event queues with: a first index or a catch-up never overtakes what the user does now. */
export function queuePriority(priority: Priority, origin: Origin): Priority {
  return origin === "index" || origin === "catch-up" ? "LOW" : priority;
}
