import type { ItemResult } from "../itemResult";
import type { TaskCounts } from "../taskView";
import { itemStatuses, type ItemStatus } from "./itemStates";
import type { Span, TaskFact } from "./taskFact";
import type { TaskState } from "./taskState";

/**
 * The task after a fact. Any fact may meet any state, since a damaged log lacks some: an item then goes where the fact
 * says from wherever it was, and the counts add up all the same. A fact about an item that the task does not have
 * changes nothing.
 */
export function reduceTask(state: TaskState, fact: TaskFact): TaskState {
  switch (fact.kind) {
    case "started":
      return started(state, fact.item, fact.at);
    case "ended":
      return ended(state, fact.result);
    case "returned":
      return state.items.statusOf(fact.item) === "running" ? moved(state, fact.item, "waiting", state.items.attemptsOf(fact.item)) : state;
    case "paused":
    case "resumed":
      return { ...state, paused: fact.kind === "paused" };
    case "cancelled":
      return cancelled(state, fact.at);
    case "priority":
      return { ...state, priority: fact.priority };
    case "retried":
      return retried(state, fact.spans, fact.at);
  }
}

function started(state: TaskState, item: number, at: number): TaskState {
  if (!state.items.has(item)) return state;
  const next = moved(state, item, "running", state.items.attemptsOf(item) + 1);
  return { ...next, startedAt: state.startedAt ?? at, endedAt: null };
}

function ended(state: TaskState, result: ItemResult): TaskState {
  if (!state.items.has(result.item)) return state;
  const attempts = Math.max(result.attempts, state.items.attemptsOf(result.item));
  const next = moved(state, result.item, result.status, attempts);
  return {
    ...next,
    endedAt: isOver(next.counts) ? result.at : null,
    lastError: result.status === "failed" ? result.error.message : state.lastError,
  };
}

function cancelled(state: TaskState, at: number): TaskState {
  if (state.cancelledAt !== null) return state;
  const gone = [...state.items.where("waiting")];
  const next = movedAll(state, gone, "waiting", "cancelled");
  return { ...next, cancelledAt: at, endedAt: isOver(next.counts) ? (state.endedAt ?? at) : null };
}

function retried(state: TaskState, spans: readonly Span[], at: number): TaskState {
  const again = [...itemsOf(spans, state.items.total)].filter((item) => state.items.statusOf(item) === "failed");
  if (again.length === 0) return state;
  const retriedAt = new Map(state.retriedAt);
  for (const item of again) retriedAt.set(item, at);
  return { ...movedAll(state, again, "failed", "waiting"), endedAt: null, retriedAt };
}

function* itemsOf(spans: readonly Span[], total: number): Iterable<number> {
  for (const [from, to] of spans) for (let item = from; item <= Math.min(to, total - 1); item += 1) yield item;
}

function moved(state: TaskState, item: number, to: ItemStatus, attempts: number): TaskState {
  const from = state.items.statusOf(item);
  return {
    ...state,
    items: state.items.with(item, to, attempts),
    counts: recounted(state.counts, from, to, 1),
    endedCost: state.endedCost + (weight(to) - weight(from)) * state.meta.costs.of(item),
  };
}

function movedAll(state: TaskState, items: readonly number[], from: ItemStatus, to: ItemStatus): TaskState {
  const cost = items.reduce((sum, item) => sum + state.meta.costs.of(item), 0);
  return {
    ...state,
    items: state.items.withStatus(items, to),
    counts: recounted(state.counts, from, to, items.length),
    endedCost: state.endedCost + (weight(to) - weight(from)) * cost,
  };
}

function recounted(counts: TaskCounts, from: ItemStatus, to: ItemStatus, items: number): TaskCounts {
  if (from === to) return counts;
  return { ...counts, [from]: counts[from] - items, [to]: counts[to] + items };
}

/** 1 for an item that has ended. */
function weight(status: ItemStatus): number {
  return itemStatuses.indexOf(status) >= itemStatuses.indexOf("done") ? 1 : 0;
}

function isOver(counts: TaskCounts): boolean {
  return counts.waiting === 0 && counts.running === 0;
}
