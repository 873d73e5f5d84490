import { isJsonObject, type JsonObject } from "../../kernel/json";
import { costsOfRuns, type CostRun } from "./itemCosts";
import { isCount, isNumber, isPriority, isTextOrNull, listOf } from "./readFields";
import { isSubject } from "../taskSubject";
import type { TaskMeta } from "./taskMeta";

export function metaJson({ costs, subject, ...rest }: TaskMeta): JsonObject {
  return { ...rest, subject: subject === null ? null : { ...subject }, costs: costs.runs };
}

/** A task's head from a file; null when it is none. */
export function readMeta(value: unknown): TaskMeta | null {
  if (!isJsonObject(value)) return null;
  const { id, order, kind, title, subject = null, priority, priorityReason = null, dedupeKey, schedule, repeatable, createdAt, total, pages, costs } = value;
  if (typeof id !== "string" || typeof kind !== "string" || typeof title !== "string") return null;
  if (!isCount(order) || !isNumber(createdAt) || !isCount(total) || typeof repeatable !== "boolean") return null;
  if (!isPriority(priority) || !isTextOrNull(priorityReason) || !isTextOrNull(dedupeKey) || !isTextOrNull(schedule)) return null;
  if (subject !== null && !isSubject(subject)) return null;
  const firsts = readPages(pages, total);
  const runs = readCosts(costs, total);
  if (firsts === null || runs === null) return null;
  return { id, order, kind, title, subject, priority, priorityReason, dedupeKey, schedule, repeatable, createdAt, total, pages: firsts, costs: costsOfRuns(runs) };
}

function readPages(value: unknown, total: number): readonly number[] | null {
  const list = listOf(value);
  if (list === null) return null;
  const pages = list.filter(isCount);
  const isRising = pages.every((first, index) => (index === 0 ? first === 0 : first > (pages[index - 1] ?? 0)) && first < Math.max(total, 1));
  return pages.length === list.length && pages.length > 0 && isRising ? pages : null;
}

function readCosts(value: unknown, total: number): readonly CostRun[] | null {
  const list = listOf(value);
  if (list === null) return null;
  const runs = list.flatMap((run): CostRun[] => {
    const [count, cost] = listOf(run) ?? [];
    return isCount(count) && isNumber(cost) && cost > 0 ? [[count, cost]] : [];
  });
  return runs.length === list.length && runs.reduce((sum, [count]) => sum + count, 0) === total ? runs : null;
}
