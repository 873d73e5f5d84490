import type { TaskCounts, TaskStatus } from "../../../src/engine/tasks/taskView";

export type ModelItem = "open" | "done" | "failed" | "cancelled";

/** A task as a person would tell it: no windows, no files, no runner. */
export interface ModelTask {
  readonly title: string;
  readonly repeatable: boolean;
  readonly items: ModelItem[];
  priority: string;
  paused: boolean;
  cancelled: boolean;
  started: boolean;
  ends: number;
}

/** What is expected of all tasks. What runs is not in it, since the runner chooses that; `open` is waiting or running. */
export class TaskModel {
  readonly tasks: ModelTask[] = [];
  allPaused = false;

  statusOf(task: ModelTask): TaskStatus {
    if (task.cancelled) return "cancelled";
    if (task.items.every((item) => item !== "open")) return task.items.includes("failed") ? "failed" : "done";
    if (task.paused || this.allPaused) return "paused";
    return task.started ? "running" : "queued";
  }

  isOver(task: ModelTask): boolean {
    return task.cancelled || task.items.every((item) => item !== "open");
  }

  countsOf(task: ModelTask): Pick<TaskCounts, "total" | "done" | "failed" | "cancelled"> & { readonly open: number } {
    const count = (wanted: ModelItem): number => task.items.filter((item) => item === wanted).length;
    return { total: task.items.length, open: count("open"), done: count("done"), failed: count("failed"), cancelled: count("cancelled") };
  }

  /** An item ended. */
  end(task: ModelTask, item: number, how: ModelItem): void {
    const wasOver = this.isOver(task);
    task.items[item] = how;
    if (!wasOver && this.isOver(task)) task.ends += 1;
  }

  cancel(task: ModelTask): void {
    if (this.isOver(task)) return;
    task.cancelled = true;
    task.items.forEach((item, index) => {
      if (item === "open") task.items[index] = "cancelled";
    });
    task.ends += 1;
  }

  /** Answers whether there was something to retry. */
  retry(task: ModelTask, chosen: (item: number) => boolean): boolean {
    if (task.cancelled) return false;
    let found = false;
    task.items.forEach((item, index) => {
      if (item !== "failed" || !chosen(index)) return;
      task.items[index] = "open";
      found = true;
    });
    return found;
  }
}
