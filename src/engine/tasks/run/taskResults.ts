import { reasonOf } from "../../kernel/reasonOf";
import type { ItemPages } from "../disk/itemPages";
import type { ItemResult } from "../itemResult";
import { reduceTask } from "../state/reduceTask";
import { createdState, type TaskState } from "../state/taskState";
import type { DeskParts } from "./deskParts";
import { domainOf } from "./domainOf";
import type { Task } from "./task";

/**
 * The results of a task, oldest first, as its log has them. What a person cancelled while it waited is one fact for all
 * of it there, and gets its lines here.
 */
export async function* taskResults(task: Task, pages: ItemPages, parts: Pick<DeskParts, "kinds" | "logger">): AsyncIterable<ItemResult> {
  await task.log.flush();
  let state = createdState(task.state.meta);
  for await (const fact of task.log.stream()) {
    if (fact.kind === "ended") yield fact.result;
    if (fact.kind === "cancelled" && state.cancelledAt === null) yield* cancelledItems(state, fact.at, pages, parts);
    state = reduceTask(state, fact);
  }
}

async function* cancelledItems(state: TaskState, at: number, pages: ItemPages, parts: Pick<DeskParts, "kinds" | "logger">): AsyncIterable<ItemResult> {
  for (const item of state.items.where("waiting")) yield await cancelledItem(state, item, at, pages, parts);
}

/** The line of an item that waited when the task was cancelled. `state` is that before it. */
export async function cancelledItem(
  { meta, items, retriedAt }: TaskState,
  item: number,
  at: number,
  pages: ItemPages,
  { kinds, logger }: Pick<DeskParts, "kinds" | "logger">,
): Promise<ItemResult> {
  const domain = await domainOf(kinds.get(meta.kind), pages, meta, item).catch((error: unknown) => {
    logger.warn(`The domain of a cancelled item is not known: ${reasonOf(error)}`);
    return "";
  });
  const waitMs = Math.max(0, at - (retriedAt.get(item) ?? meta.createdAt));
  return { item, domain, attempts: items.attemptsOf(item), waitMs, runMs: 0, at, status: "cancelled" };
}
