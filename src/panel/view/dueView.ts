import type { DueItem, DueList } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import { canvasName } from "./canvasName";
import type { PanelAction, Tone } from "./panelView";

export interface DueRow {
  readonly key: string;
  readonly title: string;
  /** How far away its day is, and which day that is. */
  readonly when: string;
  readonly tone: Tone;
  readonly open: { readonly label: string; readonly action: PanelAction };
}

export interface DueView {
  readonly title: string;
  readonly rows: readonly DueRow[];
  readonly note: string | null;
}

/** What is due. `canvas`: the one that was asked for; null: the whole vault. */
export function dueView({ complete, items, total }: DueList, canvas: string | null, format: Format): DueView {
  const words = strings.learning;
  const more = total - items.length;
  return {
    title: canvas === null ? words.due : fill(words.dueOn, { canvas: canvasName(canvas) }),
    rows: items.map((item) => dueRow(item, format)),
    note: !complete ? words.readingMore : total === 0 ? words.nothingDue : more > 0 ? fill(words.dueMore, { count: format.count(more) }) : null,
  };
}

function dueRow({ day, days, subject, title }: DueItem, format: Format): DueRow {
  const words = strings.learning;
  const open: DueRow["open"] =
    subject.kind === "note"
      ? { label: fill(words.open, { path: subject.path }), action: { kind: "open-file", path: subject.path, line: null } }
      : { label: fill(words.openCard, { card: title, path: subject.canvas }), action: { kind: "open-card", canvas: subject.canvas, node: subject.node } };
  return {
    key: subject.kind === "note" ? subject.path : `${subject.canvas}\n${subject.node}`,
    title,
    when: fill(words.dueWhen, { away: awayText(days, format), day: format.calendarDay(day) }),
    tone: days < 0 ? "warn" : days === 0 ? "busy" : "idle",
    open,
  };
}

function awayText(days: number, format: Format): string {
  const words = strings.learning;
  if (days === 0) return words.dueToday;
  return fill(days < 0 ? words.dueLate : words.dueIn, { days: format.plural(Math.abs(days), words.day) });
}
