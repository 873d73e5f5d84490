import type { JsonValue } from "../../kernel/json";
import type { Priority } from "../../learning/event";
import type { TaskOptions } from "../tasks";
import { mapTexts } from "./mapTexts";
import type { TaskTemplate } from "./taskTemplate";
import { literalText } from "./variables";

const spelled = { immediate: "CRITICAL", normal: "NORMAL", low: "LOW" } as const;

/** A template that makes a task like this one. What looks like a variable in the task stands for itself. */
export function templateOfTask(
  { kind, priority, title }: Pick<TaskOptions, "kind" | "priority" | "title">,
  items: readonly JsonValue[],
  { id, name }: Pick<TaskTemplate, "id" | "name">,
): TaskTemplate {
  return {
    id,
    name,
    kind,
    title: literalText(title),
    priority: priorityOf(priority),
    items: items.map((item) => mapTexts(item, literalText)),
    cron: null,
  };
}

function priorityOf(priority: TaskOptions["priority"]): Priority {
  if (priority === undefined) return "NORMAL";
  return priority === "immediate" || priority === "normal" || priority === "low" ? spelled[priority] : priority;
}
