import type { Priority } from "../learning/event";
import type { TaskOptions } from "./tasks";

const priorities: ReadonlyMap<string, Priority> = new Map<string, Priority>([
  ["LOW", "LOW"],
  ["NORMAL", "NORMAL"],
  ["HIGH", "HIGH"],
  ["CRITICAL", "CRITICAL"],
  ["low", "LOW"],
  ["normal", "NORMAL"],
  ["immediate", "CRITICAL"],
]);

/** Both vocabularies as one. Throws RangeError for any other word. */
export function taskPriority(said: TaskOptions["priority"] = "NORMAL"): Priority {
  const priority = priorities.get(said);
  if (priority === undefined) throw new RangeError(`There is no priority "${String(said)}". Take one of ${[...priorities.keys()].join(", ")}.`);
  return priority;
}
