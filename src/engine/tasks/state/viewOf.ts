import { etaOf, itemsPerSecond, throughputDone, type Throughput } from "../../kernel/throughput";
import type { TaskView } from "../taskView";
import type { TaskState } from "./taskState";
import { taskStatus } from "./taskStatus";

/** What a task's facts do not say. */
export interface TaskSurroundings {
  readonly allPaused: boolean;
  /** Why nothing of it starts although it is not paused; null when it does. */
  readonly waitsFor: string | null;
  readonly pace: Throughput;
  /** Monotonic milliseconds. */
  readonly now: number;
}

export function viewOf(state: TaskState, { allPaused, waitsFor, pace, now }: TaskSurroundings): TaskView {
  const { meta, counts } = state;
  const { id, kind, title, subject, createdAt, schedule } = meta;
  // Time in which nothing ended makes the pace slower, also before the next item ends.
  const paceNow = throughputDone(pace, 0, now);
  const isOver = state.endedAt !== null;
  const goesOn = !isOver && waitsFor === null;
  return {
    id,
    kind,
    title,
    subject,
    status: taskStatus(state, allPaused),
    priority: state.priority,
    priorityReason: state.priority === meta.priority ? meta.priorityReason : null,
    counts,
    progress: progressOf(state),
    eta: goesOn ? etaOf(paceNow, meta.costs.total - state.endedCost) : null,
    itemsPerSecond: goesOn ? itemsPerSecond(paceNow) : null,
    createdAt,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    lastError: state.lastError,
    waitsFor: isOver ? null : waitsFor,
    schedule,
  };
}

function progressOf({ meta, counts, endedCost }: TaskState): number {
  if (counts.waiting === 0 && counts.running === 0) return 1;
  // Sums of fractions may be off by a hair, and a task with work to do is never whole.
  return Math.min(Math.max(endedCost / meta.costs.total, 0), 0.999);
}
