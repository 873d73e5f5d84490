import type { Priority } from "../../learning/event";

/** A priority as a number: 0 for LOW to 3 for CRITICAL. */
export type Level = 0 | 1 | 2 | 3;

export const levels: readonly Level[] = [0, 1, 2, 3];

const byPriority: Readonly<Record<Priority, Level>> = { LOW: 0, NORMAL: 1, HIGH: 2, CRITICAL: 3 };
const names: readonly Priority[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];

export function levelOf(priority: Priority): Level {
  return byPriority[priority];
}

export function priorityAt(level: Level): Priority {
  return names[level] ?? "LOW";
}
