import type { ItemPages } from "../disk/itemPages";
import type { ItemResult } from "../itemResult";
import type { TaskItemView } from "../tasks";
import type { Task } from "./task";

/** Items of a task by position, as they stand. Rejects with StorageError. */
export async function itemViews(task: Task, pages: ItemPages, from: number, limit: number): Promise<readonly TaskItemView[]> {
  const end = Math.min(from + limit, task.state.meta.total);
  const results = await lastResults(task, from, end);
  const views: TaskItemView[] = [];
  for (let item = from; item < end; item += 1) {
    const input = (await pages.read(task.state.meta, item)) ?? null;
    views.push(viewOf(task, item, input, results.get(item) ?? null));
  }
  return views;
}

function viewOf(task: Task, item: number, input: TaskItemView["input"], result: ItemResult | null): TaskItemView {
  const status = task.state.items.statusOf(item);
  const attempts = task.state.items.attemptsOf(item);
  const about = { item, input, status, attempts };
  if (status === "running") return { ...about, waitMs: task.hands.get(item)?.waitMs ?? null, runMs: null, error: null };
  // An item that is asked for again has an older result.
  if (status === "waiting" || result?.status !== status) return { ...about, waitMs: null, runMs: null, error: null };
  return { ...about, waitMs: result.waitMs, runMs: result.runMs, error: result.status === "failed" ? result.error.message : null };
}

/** The last result of each item from `from` up to `end`, which is not among them. */
async function lastResults(task: Task, from: number, end: number): Promise<ReadonlyMap<number, ItemResult>> {
  const results = new Map<number, ItemResult>();
  await task.log.flush();
  for await (const fact of task.log.stream()) {
    if (fact.kind === "ended" && fact.result.item >= from && fact.result.item < end) results.set(fact.result.item, fact.result);
  }
  return results;
}
