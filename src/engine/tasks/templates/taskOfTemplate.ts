import { fillTemplate, type FilledTask } from "./fillTemplate";
import { readTemplates, type SavedTemplates } from "./savedTemplates";

/**
 * The task that the template with this id makes, a saved one before a shipped one. Throws RangeError, whose message says
 * what to change, for an id that no template has and for variables that do not fit it.
 */
export function taskOfTemplate(saved: SavedTemplates, id: string, values: Readonly<Record<string, string>>): FilledTask {
  const { templates, unread } = readTemplates(saved);
  if (unread.includes(id)) throw new RangeError(`The template "${id}" cannot be read here. It may be of a newer version.`);
  const template = templates.find((one) => one.id === id);
  if (template === undefined) throw new RangeError(`There is no template "${String(id)}". There are: ${templates.map((one) => one.id).join(", ")}.`);
  const bad = Object.keys(values).find((name) => typeof values[name] !== "string");
  if (bad !== undefined) throw new RangeError(`The value of {{${bad}}} must be a text.`);
  const filled = fillTemplate(template, values);
  if (filled.kind === "problem") throw new RangeError(filled.reason);
  return filled.task;
}
