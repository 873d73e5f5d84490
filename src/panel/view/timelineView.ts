import type { Happening, TimelineEntry, TimelinePage } from "../../engine/index";
import type { LearningSubject } from "../session/learningState";
import { MOST_ENTRIES } from "../session/learningLook";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import { canvasName } from "./canvasName";
import type { LevelName } from "./movementView";
import { levelNames } from "./movementView";
import type { PanelAction, PanelButton } from "./panelView";

export interface TimelineRow {
  /** The event's id: the same row keeps it, so that focus and selection survive updates. */
  readonly key: string;
  /** The card that it is about, where rows are about several. */
  readonly card: { readonly text: string; readonly label: string; readonly action: PanelAction } | null;
  readonly what: string;
  /** The level that it led to, for its sign; null where it led to none. */
  readonly level: LevelName | null;
  readonly who: string;
}

export interface TimelineView {
  readonly title: string;
  readonly about: string;
  readonly jump: { readonly label: string; readonly action: PanelAction };
  readonly rows: readonly TimelineRow[];
  readonly more: PanelButton | null;
  readonly note: string | null;
}

/** What happened to a canvas or card, the newest first. `device`: this one. */
export function timelineView(subject: LearningSubject, page: TimelinePage, device: string, format: Format): TimelineView {
  const words = strings.learning;
  const { complete, entries, more } = page;
  const { canvas, node } = subject;
  const capped = more && entries.length >= MOST_ENTRIES;
  return {
    ...subjectHead(subject),
    jump: { label: fill(words.open, { path: canvas }), action: { kind: "open-card", canvas, node: node?.id ?? null } },
    rows: entries.map((entry) => timelineRow(entry, canvas, node !== null, device, format)),
    more: more && !capped ? { label: words.more, action: { kind: "show-older" }, primary: false } : null,
    note: noteOf(entries.length, complete, capped, format),
  };
}

export function subjectHead({ canvas, node }: LearningSubject): { readonly title: string; readonly about: string } {
  const words = strings.learning;
  const name = canvasName(canvas);
  return node === null ? { title: name, about: words.aboutCanvas } : { title: node.label, about: fill(words.aboutCard, { canvas: name }) };
}

function noteOf(count: number, complete: boolean, capped: boolean, format: Format): string | null {
  const words = strings.learning;
  if (!complete) return words.readingMore;
  if (capped) return fill(words.most, { count: format.count(count) });
  return count === 0 ? words.empty : null;
}

function timelineRow(entry: TimelineEntry, canvas: string, isOfCard: boolean, device: string, format: Format): TimelineRow {
  const words = strings.learning;
  const { at, id, origin, subject, what } = entry;
  const from = entry.device === device ? words.thisDevice : fill(words.otherDevice, { device: entry.device.slice(0, 6) });
  return {
    key: id,
    card: isOfCard || subject.kind !== "node" ? null : cardOf(entry, canvas),
    what: happeningText(what, format),
    level: what.kind === "level" || what.kind === "created" ? levelName(what.kind === "level" ? what.to : what.level) : null,
    who: fill(words.who, { time: format.dateAndTime(at), origin: words.origins[origin], device: from }),
  };
}

function cardOf({ concept, subject }: TimelineEntry, canvas: string): TimelineRow["card"] {
  const text = concept ?? subject.id;
  return { text, label: fill(strings.learning.openCard, { card: text, path: canvas }), action: { kind: "open-card", canvas, node: subject.id } };
}

export function levelName(level: string | null): LevelName | null {
  return levelNames.find((name) => name === level) ?? null;
}

function levelText(level: string | null): string {
  return strings.learning.levels[levelName(level) ?? "none"];
}

function happeningText(what: Happening, format: Format): string {
  const words = strings.learning.what;
  switch (what.kind) {
    case "level":
      return levelChangeText(what.from, what.to);
    case "created":
      return what.level === null ? words.created : fill(words.createdAs, { level: levelText(what.level) });
    case "removed":
      return words.removed;
    case "text":
      return what.after === null || what.after.trim() === "" ? words.textGone : fill(words.text, { after: what.after });
    case "changed":
      return fill(words.changed, { keys: what.keys.join(strings.learning.joint) });
    case "connected":
      return words.connected;
    case "disconnected":
      return words.disconnected;
    case "connection-changed":
      return words.connectionChanged;
    case "score":
      return scoreText(what.score, what.previous, format);
    case "review":
      return reviewText(what, format);
    case "explained":
      return words.explained;
    case "canvas-created":
      return words.canvasCreated;
    case "canvas-deleted":
      return words.canvasDeleted;
    case "canvas-renamed":
      return fill(words.canvasRenamed, { from: what.from ?? "" });
    case "other":
      return fill(words.unnamed, { type: what.type });
  }
}

function levelChangeText(from: string | null, to: string | null): string {
  const words = strings.learning.what;
  if (from === to) return words.color;
  if (from === null) return fill(words.levelNew, { to: levelText(to) });
  return fill(to === null ? words.levelGone : words.level, { from: levelText(from), to: levelText(to) });
}

function scoreText(score: number | null, previous: number | null, format: Format): string {
  const words = strings.learning.what;
  const text = score === null ? "–" : format.count(score);
  return previous === null ? fill(words.score, { score: text }) : fill(words.scoreBefore, { score: text, previous: format.count(previous) });
}

function reviewText({ due, rating }: Extract<Happening, { kind: "review" }>, format: Format): string {
  const words = strings.learning.what;
  const review = rating === null ? words.review : fill(words.reviewRated, { rating: String(rating) });
  if (due === null) return review;
  const isDay = typeof due === "string" && /^\d{4}-\d\d-\d\d/.test(due);
  return fill(words.reviewDue, { review, due: isDay ? format.calendarDay(due.slice(0, 10)) : typeof due === "number" ? format.dayOf(due) : due });
}
