import type { PastNode, PastState } from "../../engine/index";
import type { LearningState, LearningSubject } from "../session/learningState";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { LevelName } from "./movementView";
import { insteadOf } from "./movementView";
import type { PanelAction, PanelButton } from "./panelView";
import { levelName } from "./timelineView";

export interface PastCard {
  readonly key: string;
  readonly text: string;
  readonly level: LevelName | null;
  readonly detail: string | null;
  readonly open: { readonly label: string; readonly action: PanelAction };
}

/** The field for a day, and what was there on it. */
export interface PastView {
  readonly label: string;
  /** `YYYY-MM-DD`; empty: none is chosen. */
  readonly day: string;
  readonly latest: string;
  readonly clear: PanelButton | null;
  readonly text: string | null;
  readonly note: string | null;
  readonly cards: readonly PastCard[];
}

/** `today` is written `YYYY-MM-DD`. */
export function pastView({ past }: LearningState, subject: LearningSubject, today: string, format: Format): PastView {
  const words = strings.learning;
  const field = { label: words.lookBack, day: past?.day ?? "", latest: today, note: null, cards: [] };
  if (past === null) return { ...field, clear: null, text: null };
  const clear: PanelButton = { label: words.lookBackEnd, action: { kind: "look-back", day: null }, primary: false };
  const shown = past.state.kind === "loaded" ? stateShown(past.state.value, past.day, subject, format) : { text: insteadOf(past.state) };
  return { ...field, clear, ...shown };
}

function stateShown(state: PastState, day: string, subject: LearningSubject, format: Format): Pick<PastView, "text"> & Partial<PastView> {
  const words = strings.learning.back;
  switch (state.kind) {
    case "unknown":
      return { text: state.since === null ? words.unknownNever : fill(words.unknown, { since: format.dayOf(state.since) }) };
    case "not-yet":
      return { text: fill(words.notYet, { since: format.dayOf(state.since) }) };
    case "removed":
      return { text: words.removed };
    case "there":
      return {
        text: subject.node === null ? canvasText(state, day, format) : fill(words.card, { day: format.calendarDay(day) }),
        note: noteOf(state, subject, format),
        cards: state.nodes.map((node) => pastCard(node, subject.canvas, format)),
      };
  }
}

type There = Extract<PastState, { kind: "there" }>;

function canvasText({ edges, total }: There, day: string, format: Format): string {
  const { back, cards, connections } = strings.learning;
  return fill(back.canvas, { day: format.calendarDay(day), cards: format.plural(total, cards), connections: format.plural(edges, connections) });
}

function noteOf({ nodes, path, total }: There, { canvas, node }: LearningSubject, format: Format): string | null {
  const { back, cards, joint } = strings.learning;
  const more = node === null ? total - nodes.length : 0;
  const parts = [
    ...(more > 0 ? [fill(back.more, { cards: format.plural(more, cards) })] : []),
    ...(path === canvas ? [] : [fill(back.renamed, { path })]),
  ];
  return parts.length === 0 ? null : parts.join(joint);
}

function pastCard({ id, level, score, text }: PastNode, canvas: string, format: Format): PastCard {
  const { back, levels, openCard, joint } = strings.learning;
  const name = levelName(level);
  const shown = text.trim() === "" ? back.noText : text.trim();
  const details = [...(name === null ? [] : [levels[name]]), ...(score === null ? [] : [fill(back.score, { score: format.count(score) })])];
  return {
    key: id,
    text: shown,
    level: name,
    detail: details.length === 0 ? null : details.join(joint),
    open: { label: fill(openCard, { card: shown.slice(0, 80), path: canvas }), action: { kind: "open-card", canvas, node: id } },
  };
}
