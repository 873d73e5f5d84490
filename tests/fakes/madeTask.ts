import type { TaskView } from "../../src/engine/tasks/taskView";

/** A task that was just created, with what a test wants otherwise. */
export function madeTask(fields: Partial<TaskView> & Pick<TaskView, "id">): TaskView {
  return {
    kind: "drain",
    title: "Drain",
    subject: null,
    status: "queued",
    priority: "NORMAL",
    priorityReason: null,
    counts: { total: 1, waiting: 1, running: 0, done: 0, failed: 0, cancelled: 0 },
    progress: 0,
    eta: null,
    itemsPerSecond: null,
    createdAt: 0,
    startedAt: null,
    endedAt: null,
    lastError: null,
    waitsFor: null,
    schedule: null,
    ...fields,
  };
}
