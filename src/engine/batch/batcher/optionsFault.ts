import type { SubmitOptions } from "./submission";

const priorities: readonly unknown[] = ["CRITICAL", "HIGH", "NORMAL", "LOW"];

/** Why options cannot be followed, as one plain sentence; null when they can. A wrong number would spoil the counts of all. */
export function optionsFault({ priority, deadlineMs, bytes, signal }: SubmitOptions): string | null {
  if (priority !== undefined && !priorities.includes(priority)) {
    return `expected a priority of ${priorities.join(", ")}, got ${String(priority)}`;
  }
  if (deadlineMs !== undefined && !(deadlineMs >= 0)) return `expected deadlineMs to be at least 0, got ${String(deadlineMs)}`;
  if (bytes !== undefined && !(bytes >= 0 && Number.isFinite(bytes))) {
    return `expected bytes to be a number of at least 0, got ${String(bytes)}`;
  }
  if (signal !== undefined && typeof signal.onAbort !== "function") return "expected a signal with the method onAbort, which an AbortSignal does not have";
  return null;
}
