import type { JsonValue } from "../../kernel/json";
import type { Priority } from "../../learning/event";
import { eachText, mapTexts } from "./mapTexts";
import type { TaskTemplate } from "./taskTemplate";
import { filledText, variablesOf } from "./variables";

/** A task as it can be created or scheduled. */
export interface FilledTask {
  readonly kind: string;
  readonly title: string;
  readonly priority: Priority;
  readonly items: readonly JsonValue[];
}

export type Filled =
  { readonly kind: "filled"; readonly task: FilledTask } | { readonly kind: "problem"; readonly reason: string };

/** The names of the variables of a template, each once, in the order in which they appear. */
export function templateVariables({ items, title }: Pick<TaskTemplate, "items" | "title">): readonly string[] {
  const names = new Set<string>();
  const add = (text: string): void => variablesOf(text).forEach((name) => names.add(name));
  add(title);
  for (const item of items) eachText(item, add);
  return [...names];
}

/** The task that a template stands for with these values. Values become texts inside of texts, never anything else. */
export function fillTemplate(template: TaskTemplate, values: Readonly<Record<string, string>>): Filled {
  const names = templateVariables(template);
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) return problem(`The template "${template.name}" needs a value for {{${missing}}}.`);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) return problem(`The template "${template.name}" has no variable {{${unknown}}}. ${namesText(names)}`);
  const fill = (text: string): string => filledText(text, (name) => values[name] ?? "");
  const { kind, priority } = template;
  return { kind: "filled", task: { kind, priority, title: fill(template.title), items: template.items.map((item) => mapTexts(item, fill)) } };
}

function namesText(names: readonly string[]): string {
  return names.length === 0 ? "It has none." : `It has ${names.map((name) => `{{${name}}}`).join(", ")}.`;
}

function problem(reason: string): Filled {
  return { kind: "problem", reason };
}
