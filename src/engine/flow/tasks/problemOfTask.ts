import { checkItem } from "../../tasks/checkItems";
import { reasonOf } from "../../kernel/reasonOf";
import type { KindRegistry } from "../../tasks/run/kindRegistry";
import type { ScheduledTask } from "../../tasks/schedule/schedule";

/** Why a task cannot be made of this, as one plain sentence; null when it can. */
export function problemOfTask(kinds: Pick<KindRegistry, "get" | "names">, { items, kind: name, title }: ScheduledTask): string | null {
  const kind = kinds.get(name);
  if (kind === null) return `There is no kind of task "${name}". There are: ${kinds.names().join(", ")}.`;
  if (title.trim() === "") return "A task needs a title that people can read.";
  if (items.length === 0) return "A task needs at least one item.";
  try {
    items.forEach((item, position) => checkItem(kind, item, position));
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}
