import { isJsonObject, type JsonObject } from "../../kernel/json";
import { ItemStates, itemStatuses, type ItemRun, type ItemStatus } from "./itemStates";
import { metaJson, readMeta } from "./metaJson";
import { isCount, isNumberOrNull, isPriority, isTextOrNull, listOf } from "./readFields";
import type { TaskMeta } from "./taskMeta";
import type { TaskState } from "./taskState";

/** A task's state for its head. When items were asked for again is left out: the log has it, and ended tasks need it no more. */
export function stateJson(state: TaskState): JsonObject {
  const { meta, priority, paused, cancelledAt, startedAt, endedAt, items, lastError } = state;
  return { meta: metaJson(meta), priority, paused, cancelledAt, startedAt, endedAt, lastError, items: items.runs() };
}

/** The state of a head; null when it is none. */
export function readState(value: unknown): TaskState | null {
  if (!isJsonObject(value)) return null;
  const { priority, paused, cancelledAt, startedAt, endedAt, lastError } = value;
  const meta = readMeta(value["meta"]);
  if (meta === null || !isPriority(priority) || typeof paused !== "boolean" || !isTextOrNull(lastError)) return null;
  if (!isNumberOrNull(cancelledAt) || !isNumberOrNull(startedAt) || !isNumberOrNull(endedAt)) return null;
  const items = readItems(value["items"], meta.total);
  if (items === null) return null;
  return { meta, priority, paused, cancelledAt, startedAt, endedAt, items, lastError, ...tallied(meta, items), retriedAt: new Map() };
}

function readItems(value: unknown, total: number): ItemStates | null {
  const list = listOf(value);
  if (list === null) return null;
  const runs = list.map(readRun);
  return runs.every((run) => run !== null) ? ItemStates.ofRuns(total, runs) : null;
}

function readRun(value: unknown): ItemRun | null {
  const [count, status, attempts] = listOf(value) ?? [];
  return isCount(count) && isCount(status) && isCount(attempts) ? [count, status, attempts] : null;
}

/** Counted anew, so that no file can say counts that do not add up. */
function tallied(meta: TaskMeta, items: ItemStates): Pick<TaskState, "counts" | "endedCost"> {
  const counts: Record<ItemStatus, number> = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  for (const [count, status] of items.runs()) counts[itemStatuses[status] ?? "waiting"] += count;
  let endedCost = 0;
  for (const status of ["done", "failed", "cancelled"] as const) for (const item of items.where(status)) endedCost += meta.costs.of(item);
  return { counts: { total: meta.total, ...counts }, endedCost };
}
