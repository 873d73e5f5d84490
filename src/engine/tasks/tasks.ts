import type { JsonValue } from "../kernel/json";
import type { Priority } from "../learning/event";
import type { ItemResult } from "./itemResult";
import type { PageRequest, ResultPage } from "./results/page";
import type { TaskView } from "./taskView";

export interface TaskOptions {
  /** The name of a registered kind. */
  readonly kind: string;
  /** For people. */
  readonly title: string;
  /** Also `immediate` (CRITICAL), `normal` and `low`. NORMAL when it is not said. */
  readonly priority?: Priority | "immediate" | "normal" | "low";
  /** Why it has this priority, for people, where nobody said it. */
  readonly priorityReason?: string;
  /**
   * What makes two tasks the same. While one with this key runs, and for a while after its end, another one is not made:
   * the caller gets the one there is. One that was cancelled does not count. None: every call makes a task.
   */
  readonly dedupeKey?: string;
  /** False: one that has ended does not count as the same any more, for what may be wanted again at once. */
  readonly joinEnded?: boolean;
  /** The schedule that asks. */
  readonly schedule?: string;
  /** Called once with the task as it ended. What it throws is logged and changes nothing. */
  readonly onDone?: (task: TaskView) => void;
}

/** The items of a new task. Those of an `AsyncIterable` need not be in memory all at once. */
export type TaskItems = readonly JsonValue[] | AsyncIterable<JsonValue>;

export type CreatedTask =
  | { readonly kind: "created"; readonly id: string }
  /** The same task is there already. */
  | { readonly kind: "joined"; readonly id: string };

/** One item as it stands. Milliseconds are durations. */
export interface TaskItemView {
  readonly item: number;
  readonly input: JsonValue;
  readonly status: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly attempts: number;
  readonly waitMs: number | null;
  readonly runMs: number | null;
  readonly error: string | null;
}

export type TaskChoice = { readonly id: string } | "all";

/** A change of a task that a person asked for, in the task's own words. */
export type TaskChange = { readonly kind: "changed" } | { readonly kind: "unknown-task" } | { readonly kind: "not-now"; readonly reason: string };

/**
 * User-visible work: items of one kind, run one by one with the batcher's limits, with progress and results on disk.
 * Whatever is created is on disk before its id is given out, and goes on after a restart.
 *
 * A change counts at once, and its call resolves when it is on disk. When it rejects with StorageError the change
 * counts all the same and is written as soon as that is possible, unless it says otherwise below. Before the start and
 * after the stop whatever would change something rejects with TasksStopped.
 */
export interface Tasks {
  /**
   * Rejects with RangeError for an unknown kind, too many items or a bad one (naming the first), with StorageError when
   * it cannot be kept. A task without items ends as done at once.
   */
  create(items: TaskItems, options: TaskOptions): Promise<CreatedTask>;
  /** In the order of their creation, ended ones too until they are forgotten. */
  list(): readonly TaskView[];
  status(id: string): TaskView | null;
  items(id: string, from: number, limit: number): Promise<readonly TaskItemView[]>;
  /** Every result line, oldest first. Also while the task runs: then as far as it has come. */
  results(id: string): AsyncIterable<ItemResult>;
  /**
   * One page of them, see `PageRequest`. What was paged through before costs what is on the page. Empty for a task that is
   * not known. Rejects with RangeError for numbers that make no page.
   */
  resultPage(id: string, request: PageRequest): Promise<ResultPage>;
  pause(which: TaskChoice): Promise<TaskChange>;
  resume(which: TaskChoice): Promise<TaskChange>;
  /** Waiting items go, running ones get a signal. Not a failure. */
  cancel(which: TaskChoice): Promise<TaskChange>;
  /** Failed items wait again, all or these positions. Where it rejects for an ended task, nothing has changed. */
  retryFailed(id: string, items?: readonly number[]): Promise<TaskChange>;
  setPriority(id: string, priority: Priority): Promise<TaskChange>;
  /**
   * Forgets an ended task and its results. Where it rejects, nothing has changed. The oldest ended tasks are forgotten
   * without being asked: of 100 the newest are kept, and none longer than 30 days.
   */
  forget(id: string): Promise<TaskChange>;
  /** After any change, within 100 ms, coalesced to at most 20 a second, always ending on the true state. */
  onChange(listener: (tasks: readonly TaskView[]) => void): () => void;
  /** Once for each task that ended, also when it was cancelled. */
  onEnd(listener: (task: TaskView) => void): () => void;
}
