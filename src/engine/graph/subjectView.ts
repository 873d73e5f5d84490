import type { CanvasEntry } from "../canvas/document";
import { isThere } from "./dataState";
import { learningValues, learningColumns, type LearningValues } from "./learningValues";
import { nodeEntry, type NodeState } from "./nodeState";
import type { LearningColumns } from "./rows";
import type { SubjectState } from "./subjectState";

/** What the graph knows of a note or a concept. */
export interface SubjectView extends LearningValues {
  /** The vault path of a note, the normalised name of a concept. */
  readonly id: string;
  readonly clock: string;
  readonly fileAt: number | null;
  readonly changedAt: number;
  /** What its own file said last: compare a file with this, not with what commands said since. */
  readonly inFile: LearningValues;
}

/** What the graph knows of a node. */
export interface NodeView extends LearningColumns {
  readonly entry: CanvasEntry;
  /** False when it, but not necessarily its canvas, is deleted. */
  readonly live: boolean;
  readonly level: string | null;
  readonly concept: string | null;
}

export function subjectView(id: string, { clock, fileAt, changedAt, facts, inFile }: SubjectState): SubjectView {
  return { id, clock, fileAt, changedAt, ...learningValues(facts), inFile: learningValues(inFile) };
}

export function nodeView(id: string, state: NodeState): NodeView {
  const level = state.coloring?.value.level ?? null;
  return { entry: nodeEntry(id, state), live: isThere(state), level, concept: state.concept?.value ?? null, ...learningColumns(state.facts) };
}
