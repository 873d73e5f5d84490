import type { EngineStatus, TaskView } from "../../engine/index";
import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { EmptyView } from "./emptyView";
import { letterList } from "./letters";
import type { LetterList } from "./letters";
import { problemList } from "./lists";
import type { Row, RowList } from "./panelView";

/** What went wrong and waits for a person. */
export interface FailedView {
  /** Null where there is anything else. */
  readonly empty: EmptyView | null;
  readonly dead: LetterList | null;
  readonly tasks: RowList | null;
  readonly problems: RowList | null;
  readonly aside: string | null;
}

export function failedView({ dead, status }: SessionView, format: Format): FailedView {
  const quarantined = status?.quarantined ?? 0;
  const parts = {
    dead: letterList(dead, format),
    tasks: status === null ? null : failedTasks(status, format),
    problems: problemList(status?.problems ?? [], format),
    aside: quarantined === 0 ? null : fill(strings.problems.quarantined, { count: format.plural(quarantined, strings.words.line) }),
  };
  const { text, title } = strings.dead.none;
  return { empty: Object.values(parts).every((part) => part === null) ? { title, lines: [text], buttons: [] } : null, ...parts };
}

/** Tasks with items that failed, in the order of their creation. */
export function tasksThatFailed({ tasks }: Pick<EngineStatus, "tasks">): readonly TaskView[] {
  return tasks.filter(({ counts, status }) => counts.failed > 0 && status !== "cancelled");
}

function failedTasks(status: EngineStatus, format: Format): RowList | null {
  const failed = tasksThatFailed(status);
  if (failed.length === 0) return null;
  return { title: strings.dead.tasks.title, rows: [...failed].reverse().map((task) => taskRow(task, format)), more: null, buttons: [] };
}

function taskRow({ counts, id, lastError, title }: TaskView, format: Format): Row {
  const { count, none } = strings.dead.tasks;
  return {
    key: id,
    title,
    place: fill(count, { failed: format.count(counts.failed), total: format.count(counts.total) }),
    text: lastError ?? none,
    open: null,
    buttons: [{ label: strings.tasks.retry, about: title, action: { kind: "retry-task", id }, primary: false }],
  };
}
