import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../kernel/json";
import type { Priority } from "../../learning/event";
import { problemOfTemplate } from "./problemOfTemplate";
import { shippedTemplates } from "./shippedTemplates";
import type { TaskTemplate } from "./taskTemplate";

/**
 * Templates as the settings keep them: a JSON object, each template under its id. What cannot be read, such as a
 * template of a newer version, stays as it is.
 */
export type SavedTemplates = JsonObject;

export interface ReadTemplates {
  /** The shipped ones, then the saved ones by their names. A saved one replaces the shipped one with its id. */
  readonly templates: readonly TaskTemplate[];
  /** Ids of what cannot be read. */
  readonly unread: readonly string[];
}

export function readTemplates(saved: SavedTemplates): ReadTemplates {
  const own: TaskTemplate[] = [];
  const unread: string[] = [];
  for (const [id, value] of Object.entries(saved)) {
    const template = readTemplate(id, value);
    if (template === null) unread.push(id);
    else own.push(template);
  }
  const shipped = shippedTemplates.filter(({ id }) => !own.some((one) => one.id === id));
  return { templates: [...shipped, ...own.sort(byName)], unread };
}

/** Throws RangeError, whose message says what to change. */
export function withTemplate(saved: SavedTemplates, template: TaskTemplate): SavedTemplates {
  const problem = problemOfTemplate(template);
  if (problem !== null) throw new RangeError(problem);
  const { id, ...rest } = template;
  return { ...saved, [id]: rest };
}

export function withoutTemplate(saved: SavedTemplates, id: string): SavedTemplates {
  return Object.fromEntries(Object.entries(saved).filter(([one]) => one !== id));
}

const priorities: readonly Priority[] = ["CRITICAL", "HIGH", "NORMAL", "LOW"];

function readTemplate(id: string, value: JsonValue): TaskTemplate | null {
  if (!isJsonObject(value)) return null;
  const { cron, items, kind, name, title } = value;
  const priority = priorities.find((one) => one === ownMember(value, "priority"));
  if (typeof name !== "string" || typeof kind !== "string" || typeof title !== "string") return null;
  if (priority === undefined || !Array.isArray(items) || (cron !== null && typeof cron !== "string")) return null;
  const template = { id, name, kind, title, priority, items: items as readonly JsonValue[], cron };
  return problemOfTemplate(template) === null ? template : null;
}

function byName(a: TaskTemplate, b: TaskTemplate): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}
