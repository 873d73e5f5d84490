import type { LearningEvent } from "../learning/event";
import { blankHead, foldHead, type CanvasHead } from "./canvasHead";
import { emptyContents, foldContents, touchesContents, type CanvasContents } from "./canvasContents";
import { blankSubject, foldSubject, type SubjectState } from "./subjectState";
import { emptyTally, type Tally } from "./tally";

/** A canvas without its texts: what is kept in memory of every canvas. */
export interface CanvasIndexRow {
  readonly head: CanvasHead;
  readonly tally: Tally;
}

/** The whole graph, folded from events. The maps are changed in place; what they hold are values (contents aside). */
export interface GraphState {
  readonly canvases: Map<string, CanvasIndexRow>;
  /** Contents by canvas id: of all canvases, or of those in use where something else keeps the others. */
  readonly contents: Map<string, CanvasContents>;
  /** By vault path. */
  readonly notes: Map<string, SubjectState>;
  /** By normalised name. */
  readonly concepts: Map<string, SubjectState>;
}

export function emptyGraph(): GraphState {
  return { canvases: new Map(), contents: new Map(), notes: new Map(), concepts: new Map() };
}

/**
 * Folds one event in and says whether it changed what is on its canvas. Any order of the same events, repeats included,
 * ends in the same graph. A type or data that is not understood only moves the clock of what it is about.
 * The contents of its canvas must be in `contents` when the canvas has any.
 */
export function applyEvent(graph: GraphState, event: LearningEvent): boolean {
  const { subject } = event;
  if (subject.kind === "note") foldInto(graph.notes, event);
  if (subject.kind === "concept") foldInto(graph.concepts, event);
  return event.canvas !== null && foldCanvas(graph, event.canvas.id, event);
}

/** The graph of a whole history, in memory. */
export async function foldAll(events: AsyncIterable<LearningEvent>): Promise<GraphState> {
  const graph = emptyGraph();
  for await (const event of events) applyEvent(graph, event);
  return graph;
}

function foldInto(subjects: Map<string, SubjectState>, event: LearningEvent): void {
  subjects.set(event.subject.id, foldSubject(subjects.get(event.subject.id) ?? blankSubject, event));
}

function foldCanvas(graph: GraphState, id: string, event: LearningEvent): boolean {
  const row = graph.canvases.get(id) ?? { head: blankHead(id), tally: emptyTally };
  const head = foldHead(row.head, event);
  if (!touchesContents(event)) {
    graph.canvases.set(id, { head, tally: row.tally });
    return false;
  }
  const contents = graph.contents.get(id) ?? emptyContents();
  graph.contents.set(id, contents);
  const changed = foldContents(contents, event);
  graph.canvases.set(id, { head, tally: contents.tally });
  return changed;
}
