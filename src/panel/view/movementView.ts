import type { LevelFigures, Movement } from "../../engine/index";
import type { Loaded } from "../session/liveAnswer";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { PanelAction } from "./panelView";
import { canvasName } from "./canvasName";

export type LevelName = keyof LevelFigures;

/** From the bottom of a bar to its top. */
export const levelNames: readonly LevelName[] = ["mastered", "understood", "learning", "not_understood", "none"];

export interface DayBar {
  /** `YYYY-MM-DD`. */
  readonly key: string;
  readonly label: string;
  /** What the bar says, as a text. */
  readonly text: string;
  readonly count: string;
  /** Of the tallest bar, 0 to 1. */
  readonly share: number;
  readonly isToday: boolean;
  /** Parts of the bar, from its bottom to its top, 0 to 1. */
  readonly parts: readonly { readonly level: LevelName; readonly share: number }[];
}

export interface LevelRow {
  readonly level: LevelName;
  readonly label: string;
  readonly today: string;
  readonly total: string;
}

export interface MovementView {
  readonly title: string;
  readonly summary: string;
  readonly days: readonly DayBar[];
  readonly heads: { readonly level: string; readonly today: string; readonly total: string };
  readonly levels: readonly LevelRow[];
  readonly note: string | null;
}

export interface MoveRow {
  /** The vault path of the canvas. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly open: { readonly label: string; readonly action: PanelAction } | null;
}

export interface MovesView {
  readonly title: string;
  readonly rows: readonly MoveRow[];
  readonly more: string | null;
}

/** Bars of days, with the same figures as a table. Null while nothing is known. */
export function movementView(movement: Movement, format: Format): MovementView {
  const words = strings.learning;
  const { complete, days } = movement;
  const most = Math.max(1, ...days.map(({ total }) => total));
  const total = days.reduce((sum, day) => sum + day.total, 0);
  const today = days.at(-1);
  const sumOf = (level: LevelName): number => days.reduce((sum, { levels }) => sum + levels[level], 0);
  const shown = levelNames.filter((level) => level !== "none" || sumOf(level) > 0);
  return {
    title: days.length === 7 ? words.week : fill(words.days, { days: format.plural(days.length, words.day) }),
    summary: format.plural(total, words.changes),
    days: days.map((day) => dayBar(day, most, day === today, format)),
    heads: { level: words.level, today: words.today, total: fill(words.total, { days: format.count(days.length) }) },
    levels: [...shown].map((level) => ({ level, label: words.levels[level], today: format.count(today?.levels[level] ?? 0), total: format.count(sumOf(level)) })),
    note: !complete ? words.readingMore : total === 0 ? words.nothingMoved : null,
  };
}

/** Canvases with the most changes. Null where none changed. */
export function movesView({ canvases, moved }: Movement, format: Format): MovesView | null {
  const words = strings.learning;
  if (canvases.length === 0) return null;
  const more = moved - canvases.length;
  return {
    title: words.moved,
    rows: canvases.map(({ changes, down, live, path, up }) => {
      const values = { changes: format.plural(changes, words.changes), up: format.count(up), down: format.count(down) };
      const text = fill(up + down > 0 ? words.moveWays : words.move, values);
      const open = live ? { label: fill(words.open, { path }), action: { kind: "open-card", canvas: path, node: null } as const } : null;
      return { key: path, title: canvasName(path), text: live ? text : `${text}${words.joint}${words.gone}`, open };
    }),
    more: more > 0 ? fill(words.movedMore, { canvases: format.plural(more, words.canvas) }) : null,
  };
}

/** A sentence instead of an answer that is not there; null where it is. */
export function insteadOf(answer: Loaded<unknown>): string | null {
  if (answer.kind === "waiting") return strings.learning.reading;
  return answer.kind === "failed" ? fill(strings.learning.failed, { reason: answer.reason }) : null;
}

function dayBar({ day, levels, total }: Movement["days"][number], most: number, isToday: boolean, format: Format): DayBar {
  const words = strings.learning;
  const parts = levelNames.filter((level) => levels[level] > 0);
  const values = {
    day: isToday ? words.today : format.calendarDay(day),
    changes: format.plural(total, words.changes),
    levels: parts.map((level) => fill(words.levelCount, { level: words.levels[level], count: format.count(levels[level]) })).join(words.joint),
  };
  return {
    key: day,
    label: format.weekday(day),
    text: fill(total === 0 ? words.dayText : words.dayLevels, values),
    count: total === 0 ? "" : format.count(total),
    share: total / most,
    isToday,
    parts: parts.map((level) => ({ level, share: levels[level] / total })),
  };
}
