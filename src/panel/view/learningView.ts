import type { LearningState } from "../session/learningState";
import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { strings } from "../text/strings";
import type { MovementView, MovesView } from "./movementView";
import { insteadOf, movementView, movesView } from "./movementView";
import type { PanelButton } from "./panelView";
import type { PastView } from "./pastView";
import { pastView } from "./pastView";
import type { TimelineView } from "./timelineView";
import { subjectHead, timelineView } from "./timelineView";

/** The history of what is selected: either what happened, or why there is nothing to show. */
export interface HistoryView {
  readonly title: string;
  readonly timeline: TimelineView | null;
  readonly past: PastView | null;
  readonly instead: string | null;
}

/** The tab Learning. */
export interface LearningView {
  /** Instead of everything else: there is nothing to learn from yet. */
  readonly start: { readonly text: string; readonly button: PanelButton } | null;
  /** Instead of the bars. */
  readonly instead: string | null;
  readonly movement: MovementView | null;
  readonly moves: MovesView | null;
  readonly history: HistoryView | null;
}

const nothing: LearningView = { start: null, instead: null, movement: null, moves: null, history: null };

export function learningView({ intake, learning, status }: SessionView, format: Format): LearningView {
  if ((status?.events ?? 0) === 0 && intake.kind !== "capturing") {
    const button = { label: strings.tabs.now, action: { kind: "open-tab", tab: "now" }, primary: false } as const;
    return { ...nothing, start: { text: strings.learning.notStarted, button } };
  }
  const { movement } = learning;
  const known = movement.kind === "loaded" ? movement.value : null;
  return {
    ...nothing,
    instead: insteadOf(movement),
    movement: known === null ? null : movementView(known, format),
    moves: known === null ? null : movesView(known, format),
    history: historyView(learning, known?.days.at(-1)?.day ?? "", status?.device ?? "", format),
  };
}

function historyView(learning: LearningState, today: string, device: string, format: Format): HistoryView {
  const { subject, timeline } = learning;
  const title = strings.learning.history;
  if (subject === null) return { title, timeline: null, past: null, instead: strings.learning.noSubject };
  const page = timeline.kind === "loaded" ? timeline.value : { entries: [], more: false, complete: true };
  const instead = insteadOf(timeline);
  const shown = timelineView(subject, page, device, format);
  return {
    title,
    timeline: instead === null ? shown : { ...shown, ...subjectHead(subject), note: null },
    past: pastView(learning, subject, today, format),
    instead,
  };
}
