import { Breath } from "../../kernel/breath";
import type { JsonValue } from "../../kernel/json";
import { reasonOf } from "../../kernel/reasonOf";
import { badItem, checkItem } from "../checkItems";
import { PageWriter } from "../disk/pageWriter";
import type { TaskFiles } from "../disk/taskFiles";
import type { TaskKind } from "../kind";
import { CostCollector } from "../state/itemCosts";
import type { TaskMeta } from "../state/taskMeta";
import { taskPriority } from "../taskPriority";
import { SubjectCollector } from "../taskSubject";
import type { TaskItems, TaskOptions } from "../tasks";
import type { DeskParts } from "./deskParts";

/**
 * Checks the items and writes the task. Rejects with RangeError for the first bad item and for too many, with
 * StorageError when it cannot be kept; there is no task then.
 */
export async function createTask(
  items: TaskItems,
  options: TaskOptions,
  order: number,
  parts: Pick<DeskParts, "clock" | "random" | "kinds" | "logger" | "settings"> & { readonly files: TaskFiles },
): Promise<TaskMeta> {
  const { clock, random, logger, files, settings } = parts;
  const kind = requireKind(options, parts);
  const priority = taskPriority(options.priority);
  if (Array.isArray(items)) await checkAll(kind, items, parts);
  const id = random.uuid();
  const writer = new PageWriter(files, id);
  const costs = new CostCollector();
  const subject = new SubjectCollector();
  const breath = new Breath(clock);
  let count = 0;
  try {
    for await (const item of items) {
      if (count === settings.mostItems) throw tooMany(settings.mostItems);
      const chars = checkItem(kind, item, count);
      costs.add(costOf(kind, item, count));
      subject.add(item);
      await writer.add(item, chars);
      await breath.take();
      count += 1;
    }
    return await writer.commit((total, pages) => ({
      id,
      order,
      kind: kind.name,
      title: options.title,
      subject: subject.done(),
      priority,
      priorityReason: options.priorityReason ?? null,
      dedupeKey: options.dedupeKey ?? null,
      schedule: options.schedule ?? null,
      repeatable: kind.repeatable,
      createdAt: clock.now(),
      total,
      pages,
      costs: costs.done(),
    }));
  } catch (error) {
    // Without its last line the task is none, and the next start removes what is left of it.
    await files.remove(id).catch((late: unknown) => logger.debug(`Pages of a task that was not made are still there: ${reasonOf(late)}`));
    throw error;
  }
}

function requireKind({ kind: name, title }: TaskOptions, { kinds }: Pick<DeskParts, "kinds">): TaskKind {
  const kind = kinds.get(name);
  if (kind === null) throw new RangeError(`There is no kind of task "${name}". There are: ${kinds.names().join(", ") || "none"}.`);
  if (typeof title !== "string" || title.trim() === "") throw new RangeError("A task needs a title that people can read.");
  return kind;
}

/** Before anything is written, where all of them are there already. */
async function checkAll(kind: TaskKind, items: readonly JsonValue[], { clock, settings }: Pick<DeskParts, "clock" | "settings">): Promise<void> {
  if (items.length > settings.mostItems) throw tooMany(settings.mostItems);
  const breath = new Breath(clock);
  for (const [position, item] of items.entries()) {
    checkItem(kind, item, position);
    await breath.take();
  }
}

function costOf(kind: TaskKind, item: JsonValue, position: number): number {
  try {
    return kind.costMs(item);
  } catch (error) {
    throw badItem(position, reasonOf(error));
  }
}

function tooMany(most: number): RangeError {
  return new RangeError(`A task has at most ${most} items. Make several tasks of them.`);
}
