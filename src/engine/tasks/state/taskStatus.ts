import type { TaskStatus } from "../taskView";
import type { TaskState } from "./taskState";

/** `allPaused`: a person paused all tasks, this one with them. */
export function taskStatus(state: TaskState, allPaused: boolean): TaskStatus {
  if (state.cancelledAt !== null) return "cancelled";
  if (state.endedAt !== null) return state.counts.failed > 0 ? "failed" : "done";
  if (state.paused || allPaused) return "paused";
  return state.startedAt === null ? "queued" : "running";
}
