import type { Priority } from "../../learning/event";

/** A priority as a number: 0 for LOW to 3 for CRITICAL. */
export type Level = 0 | 1 | 2 | 3;

export const levels: readonly Level[] = [0, 1, 2, 3];

const names: readonly Priority[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];

// A switch, since this is asked for every item, and looking up a property by a name that changes costs ten times as much.
export function levelOf(priority: Priority): Level {
  switch (priority) {
    case "LOW":
      return 0;
    case "NORMAL":
      return 1;
    case "HIGH":
      return 2;
    case "CRITICAL":
      return 3;
  }
}

export function priorityAt(level: Level): Priority {
  return names[level] ?? "LOW";
}
