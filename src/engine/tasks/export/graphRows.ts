import type { CanvasEntry } from "../../canvas/document";
import type { CanvasSummary } from "../../graph/canvasSummary";
import type { LearningColumns } from "../../graph/rows";
import type { SubjectView } from "../../graph/subjectView";
import type { GraphSource } from "./graphSource";

export interface OnCanvas {
  /** The canvas id. */
  readonly canvas: string;
  readonly canvasPath: string;
}

export interface ExportedNode extends OnCanvas, LearningColumns {
  /** As the file has it. */
  readonly node: CanvasEntry;
  readonly level: string | null;
  readonly concept: string | null;
}

export interface ExportedEdge extends OnCanvas {
  readonly edge: CanvasEntry;
}

/** A note (`id` is its path) or a concept (`id` is its name). */
export interface ExportedSubject extends LearningColumns {
  readonly id: string;
  readonly mastery: string | null;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** Canvases that are not deleted, in the order of their paths. */
export function liveCanvases(graph: GraphSource): readonly CanvasSummary[] {
  const live = graph.canvases().filter((canvas) => canvas.live);
  return live.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Their nodes. One canvas is read at a time, and is let go before the next one. */
export async function* nodesOf(graph: GraphSource, canvases: readonly CanvasSummary[]): AsyncGenerator<ExportedNode> {
  for (const canvas of canvases) {
    const { nodes } = await graph.contents(canvas.id);
    for (const { entry, level, concept, score, rating, due, interval, ease } of nodes) {
      yield { ...onCanvas(canvas), node: entry, level, concept, score, rating, due, interval, ease };
    }
  }
}

/** Their edges. They are read after the nodes, so an edge that was drawn meanwhile may name a node that is not among those. */
export async function* edgesOf(graph: GraphSource, canvases: readonly CanvasSummary[]): AsyncGenerator<ExportedEdge> {
  for (const canvas of canvases) {
    const { edges } = await graph.contents(canvas.id);
    for (const edge of edges) yield { ...onCanvas(canvas), edge };
  }
}

export function exportedSubject({ id, mastery, score, rating, due, interval, ease, changedAt }: SubjectView): ExportedSubject {
  return { id, mastery, score, rating, due, interval, ease, changedAt };
}

function onCanvas({ id, path }: CanvasSummary): OnCanvas {
  return { canvas: id, canvasPath: path };
}
