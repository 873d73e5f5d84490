import { utf8Length } from "../../kernel/utf8Length";
import { problemOf } from "../schedule/problemOf";
import { templateVariables } from "./fillTemplate";
import type { TaskTemplate } from "./taskTemplate";
import { isVariableName } from "./variables";

/** Templates lie in the settings, which are read at every start and go to every device. */
const MOST_BYTES = 100_000;
const MOST_LETTERS = 100;

/** Why a template cannot be kept, as one sentence that says what to do; null when it can. */
export function problemOfTemplate(template: TaskTemplate): string | null {
  const { cron, items, kind, name, title } = template;
  if (name.trim() === "") return "Give the template a name.";
  if (name.length > MOST_LETTERS) return `The name of a template has at most ${MOST_LETTERS} characters.`;
  if (kind.trim() === "") return "Say which kind of task the template is for.";
  if (title.trim() === "") return "Give the tasks of the template a title.";
  if (items.length === 0) return "A template needs at least one item.";
  const bad = templateVariables(template).find((variable) => !isVariableName(variable));
  if (bad !== undefined) {
    return `{{${bad}}} is no variable: its name is made of letters, digits, - and _, and begins with a letter. For the text itself write a backslash before it.`;
  }
  const bytes = utf8Length(JSON.stringify(items));
  if (bytes > MOST_BYTES) {
    return `The items take ${bytes} bytes, and ${MOST_BYTES} fit into the settings. Use fewer items, such as a folder in place of its canvases.`;
  }
  return cron === null ? null : problemOf(cron);
}
