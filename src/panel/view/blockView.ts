import type { DueList, Movement, TimelinePage } from "../../engine/index";
import type { BlockFault } from "../forms/blockRequest";
import type { Loaded } from "../session/liveAnswer";
import type { LearningSubject } from "../session/learningState";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import { canvasName } from "./canvasName";
import type { DueView } from "./dueView";
import { dueView } from "./dueView";
import type { MovementView, MovesView } from "./movementView";
import { insteadOf, movementView, movesView } from "./movementView";
import type { TimelineView } from "./timelineView";
import { timelineView } from "./timelineView";

/** What a code block found out. */
export type BlockAnswer =
  | { readonly show: "stats"; readonly canvas: string | null; readonly movement: Movement }
  | { readonly show: "due"; readonly canvas: string | null; readonly due: DueList }
  | { readonly show: "timeline"; readonly subject: LearningSubject; readonly page: TimelinePage };

/** A code block as a value. */
export interface BlockView {
  readonly fault: { readonly title: string; readonly text: string } | null;
  /** Instead of an answer that is not there. */
  readonly instead: string | null;
  readonly movement: MovementView | null;
  readonly moves: MovesView | null;
  readonly due: DueView | null;
  readonly timeline: TimelineView | null;
}

const nothing: BlockView = { fault: null, instead: null, movement: null, moves: null, due: null, timeline: null };

export function faultView({ line, reason }: BlockFault, format: Format): BlockView {
  const text = line === null ? reason : fill(strings.block.line, { line: format.count(line), text: reason });
  return { ...nothing, fault: { title: strings.block.title, text } };
}

/** `device`: this one; null while the engine is not open. */
export function blockView(answer: Loaded<BlockAnswer>, device: string | null, format: Format): BlockView {
  if (answer.kind !== "loaded") return { ...nothing, instead: device === null ? strings.block.closed : insteadOf(answer) };
  const { value } = answer;
  switch (value.show) {
    case "stats":
      return statsView(value.movement, value.canvas, format);
    case "due":
      return { ...nothing, due: dueView(value.due, value.canvas, format) };
    case "timeline":
      // The whole of it is a wish for the panel: a block has as many entries as its limit says.
      return { ...nothing, timeline: { ...timelineView(value.subject, value.page, device ?? "", format), more: null } };
  }
}

function statsView(movement: Movement, canvas: string | null, format: Format): BlockView {
  const shown = movementView(movement, format);
  if (canvas === null) return { ...nothing, movement: shown, moves: movesView(movement, format) };
  return { ...nothing, movement: { ...shown, title: fill(strings.block.of, { canvas: canvasName(canvas), title: shown.title }) } };
}
