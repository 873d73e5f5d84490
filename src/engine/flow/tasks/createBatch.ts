import type { JsonValue } from "../../kernel/json";
import type { Schedules } from "../../tasks/schedule/schedules";
import { taskPriority } from "../../tasks/taskPriority";
import type { SavedTemplates } from "../../tasks/templates/savedTemplates";
import { taskOfTemplate } from "../../tasks/templates/taskOfTemplate";
import type { TaskOptions, Tasks } from "../../tasks/tasks";
import type { BatchOptions } from "../engine";
import type { SuggestedPriority } from "./suggestedPriority";

export interface CreateBatchParts {
  readonly tasks: Pick<Tasks, "create">;
  readonly schedules: Pick<Schedules, "add">;
  readonly savedTemplates: () => SavedTemplates;
  /** For a task that nobody gave a priority. Null where nothing speaks for another one than NORMAL. */
  readonly suggest: (kind: string, items: readonly JsonValue[]) => SuggestedPriority | null;
}

interface Batch {
  readonly kind: string;
  readonly title: string;
  readonly priority: TaskOptions["priority"];
  readonly items: readonly JsonValue[];
}

/** A task now, or with a schedule at each of its times. See `Engine.createBatch`. */
export async function createBatch(parts: CreateBatchParts, items: readonly JsonValue[], options: BatchOptions): Promise<string> {
  const { dedupeKey, onDone, schedule: cron } = options;
  const batch = batchOf(parts.savedTemplates(), items, options);
  if (cron !== undefined) {
    const made = await parts.schedules.add({ cron, missed: "run-once", task: { ...batch, priority: taskPriority(batch.priority) } });
    return made.id;
  }
  const { kind, title, priority } = batch;
  const suggested = priority === undefined ? parts.suggest(kind, batch.items) : null;
  const own = { ...(dedupeKey === undefined ? {} : { dedupeKey }), ...(onDone === undefined ? {} : { onDone }) };
  const urgency = suggested === null ? { ...(priority === undefined ? {} : { priority }) } : { priority: suggested.priority, priorityReason: suggested.reason };
  return (await parts.tasks.create(batch.items, { kind, title, ...urgency, ...own })).id;
}

function batchOf(saved: SavedTemplates, items: readonly JsonValue[], options: BatchOptions): Batch {
  const { kind, priority, template, title, variables } = options;
  if (template === undefined) {
    if (variables !== undefined) throw new RangeError("Variables go with a template: name it as `template`.");
    return { kind, title, priority, items };
  }
  // Other plugins are not all compiled with these types.
  if (kind !== undefined || items.length > 0) throw new RangeError("Kind and items come from the template: leave the kind out, and give no items.");
  const filled = taskOfTemplate(saved, template, variables ?? {});
  return { ...filled, title: title ?? filled.title, priority: priority ?? filled.priority };
}
