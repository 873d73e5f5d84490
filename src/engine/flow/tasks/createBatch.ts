import type { JsonValue } from "../../kernel/json";
import { taskPriority } from "../../tasks/taskPriority";
import type { BatchOptions, Engine } from "../engine";

/** A task now, or with a schedule at each of its times. See `Engine.createBatch`. */
export async function createBatch({ schedules, tasks }: Pick<Engine, "schedules" | "tasks">, items: readonly JsonValue[], options: BatchOptions): Promise<string> {
  const { schedule: cron, ...task } = options;
  if (cron === undefined) return (await tasks.create(items, task)).id;
  const { kind, priority, title } = task;
  const made = await schedules.add({ cron, missed: "run-once", task: { kind, title, items, priority: taskPriority(priority) } });
  return made.id;
}
