import { withTemplate } from "../../engine/index";
import type { Priority, TaskTemplate } from "../../engine/index";
import { itemsOfText, itemsText } from "../text/itemsText";

/** What the dialog for a template holds, as typed. */
export interface TemplateForm {
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  readonly priority: Priority;
  readonly items: string;
  readonly cron: string;
}

export type TemplateOfForm = { readonly kind: "template"; readonly template: TaskTemplate } | { readonly kind: "problem"; readonly reason: string };

export function formOfTemplate({ cron, items, kind, name, priority, title }: TaskTemplate): TemplateForm {
  return { name, kind, title, priority, items: itemsText(items), cron: cron ?? "" };
}

export function templateOfForm({ cron, items, kind, name, priority, title }: TemplateForm, id: string): TemplateOfForm {
  const read = itemsOfText(items);
  if (read.kind === "problem") return read;
  const template = { id, name: name.trim(), kind, title: title.trim(), priority, items: read.items, cron: cron.trim() === "" ? null : cron.trim() };
  try {
    withTemplate({}, template);
    return { kind: "template", template };
  } catch (error) {
    if (error instanceof RangeError) return { kind: "problem", reason: error.message };
    throw error;
  }
}

/** An id that people and programs can read, made of the template's name, and that no other template has. */
export function newTemplateId(name: string, taken: ReadonlySet<string>): string {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "template";
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(id)) return id;
  }
}
