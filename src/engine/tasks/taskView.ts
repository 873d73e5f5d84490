import type { Priority } from "../learning/event";
import type { Eta } from "../kernel/throughput";
import type { TaskSubject } from "./taskSubject";

/**
 * - `queued`: nothing of it has started.
 * - `running`: an item is under way, or the next one waits only for its turn.
 * - `paused`: a person paused it. It stays so over restarts.
 * - `done`: every item ended and none failed. `failed`: every item ended and some failed.
 * - `cancelled`: a person ended it. What ran then may still take a moment to end; `endedAt` is null until it has.
 */
export type TaskStatus = "queued" | "running" | "paused" | "done" | "failed" | "cancelled";

/** Items by where they are; the five add up to `total`. */
export interface TaskCounts {
  readonly total: number;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** A task as it is shown: one value, made anew after each change. */
export interface TaskView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** What all its items are about, where that is one canvas. */
  readonly subject: TaskSubject | null;
  readonly status: TaskStatus;
  readonly priority: Priority;
  /** Why it has this priority, for people; null where somebody said it or nothing speaks for one. */
  readonly priorityReason: string | null;
  readonly counts: TaskCounts;
  /** From 0 to 1, each item weighed by its kind's estimate. */
  readonly progress: number;
  /** Null before 3 items ended, and while nothing can go on. */
  readonly eta: Eta | null;
  /** Items that ended a second, lately; null while nothing can go on. */
  readonly itemsPerSecond: number | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The newest failure of an item, for people; null when none failed. */
  readonly lastError: string | null;
  /** Why nothing of it starts although it is not paused, for people; null when that is not so. */
  readonly waitsFor: string | null;
  /** The schedule that made it; null when a person or a program did. */
  readonly schedule: string | null;
}
