import type { Priority, TaskView } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { TaskList } from "./panelView";
import { rowsOf } from "./rows";
import { taskRow } from "./taskRow";

/** The most urgent first. */
const byUrgency: readonly Priority[] = ["CRITICAL", "HIGH", "NORMAL", "LOW"];

/** Tasks that go on, and those that ended with the newest first. Null when there are none. Rows are made as they are asked for. */
export function taskList(tasks: readonly TaskView[], format: Format): TaskList | null {
  if (tasks.length === 0) return null;
  const ended = tasks.filter((task) => task.endedAt !== null).sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const open = ended.length === tasks.length ? [] : inOrder(tasks);
  const rows = (some: readonly TaskView[]): TaskList["open"] => rowsOf(some, (task) => task.id, (task) => taskRow(task, format));
  return {
    title: strings.tasks.title,
    open: rows(open),
    ended: ended.length === 0 ? null : { title: fill(strings.tasks.ended, { count: format.count(ended.length) }), rows: rows(ended) },
  };
}

/** What began stands in the order of its creation, also while it is paused, and above what waits, the most urgent of that first. */
function inOrder(tasks: readonly TaskView[]): readonly TaskView[] {
  const began: TaskView[] = [];
  const waiting: Readonly<Record<Priority, TaskView[]>> = { CRITICAL: [], HIGH: [], NORMAL: [], LOW: [] };
  for (const task of tasks) {
    if (task.endedAt !== null) continue;
    (task.startedAt === null ? waiting[task.priority] : began).push(task);
  }
  return [began, ...byUrgency.map((priority) => waiting[priority])].flat();
}
