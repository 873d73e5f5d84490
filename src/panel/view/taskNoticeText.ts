import type { TaskView } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";

const words = strings.taskNotices;

/** Failures that are named; the rest is a count. */
const NAMED = 3;

/** What tasks that ended close together came to, first in a sentence and then what failed. */
export function taskNoticeText(ended: readonly TaskView[], format: Format): readonly string[] {
  const [first] = ended;
  if (first === undefined) return [];
  if (ended.length === 1) return [endOf(first, format), ...(first.status === "failed" && first.lastError !== null ? [first.lastError] : [])];
  const failed = ended.filter(({ status }) => status === "failed");
  const more = failed.length - NAMED;
  return [
    endsOf(ended.length, failed.length, format),
    ...failed.slice(0, NAMED).map((task) => endOf(task, format)),
    ...(more > 0 ? [fill(words.moreFailed, { count: format.count(more) })] : []),
  ];
}

function endOf({ counts, status, title }: TaskView, format: Format): string {
  const items = (count: number): string => format.plural(count, words.item);
  if (status === "failed") return fill(words.failed, { title, failed: format.count(counts.failed), items: items(counts.total) });
  return fill(words.done, { title, items: items(counts.done) });
}

function endsOf(all: number, failed: number, format: Format): string {
  const tasks = format.plural(all, words.task);
  if (failed === 0) return fill(words.allDone, { tasks });
  if (failed === all) return fill(words.allFailed, { tasks });
  return fill(words.someFailed, { tasks, done: format.count(all - failed), failed: format.count(failed) });
}
