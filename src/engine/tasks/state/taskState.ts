import type { Priority } from "../../learning/event";
import type { TaskCounts } from "../taskView";
import { ItemStates } from "./itemStates";
import type { TaskMeta } from "./taskMeta";

/** A task as its facts have made it. A plain value: what runs, waits for a timer or is being written is not in it. */
export interface TaskState {
  readonly meta: TaskMeta;
  readonly priority: Priority;
  readonly paused: boolean;
  /** Epoch milliseconds, as all times here. */
  readonly cancelledAt: number | null;
  readonly startedAt: number | null;
  /** When its last item ended; null while one waits or runs. */
  readonly endedAt: number | null;
  readonly counts: TaskCounts;
  readonly items: ItemStates;
  /** Milliseconds that were expected of the items that have ended. */
  readonly endedCost: number;
  readonly lastError: string | null;
  /** When a person asked for these items again: they wait from then on. */
  readonly retriedAt: ReadonlyMap<number, number>;
}

export function createdState(meta: TaskMeta): TaskState {
  const { createdAt, priority, total } = meta;
  return {
    meta,
    priority,
    paused: false,
    cancelledAt: null,
    startedAt: null,
    endedAt: total === 0 ? createdAt : null,
    counts: { total, waiting: total, running: 0, done: 0, failed: 0, cancelled: 0 },
    items: ItemStates.waiting(total),
    endedCost: 0,
    lastError: null,
    retriedAt: new Map(),
  };
}
