import { headPath, isLiveCanvas } from "./canvasHead";
import type { CanvasIndexRow, GraphState } from "./fold";
import { sumTallies, type LevelCounts } from "./tally";

/** What the graph knows of a canvas without reading what is on it. */
export interface CanvasSummary {
  readonly id: string;
  readonly path: string;
  /** False for a deleted canvas. Its nodes and edges are not live then, but come back with it. */
  readonly live: boolean;
  /** The greatest clock of any of its events. */
  readonly clock: string;
  /** The greatest `at` of the events that were read from its file; null when there is none. */
  readonly fileAt: number | null;
  /** The greatest `at` of all its events. */
  readonly changedAt: number;
  readonly nodes: number;
  readonly edges: number;
  readonly levels: LevelCounts;
}

/** The whole graph in numbers: what is live. */
export interface GraphSummary {
  readonly canvases: number;
  readonly nodes: number;
  readonly edges: number;
  readonly levels: LevelCounts;
  /** Notes and concepts that events spoke of. */
  readonly notes: number;
  readonly concepts: number;
}

export function canvasSummary({ head, tally }: CanvasIndexRow): CanvasSummary {
  const { id, seen, fileAt, changedAt } = head;
  return { id, path: headPath(head), live: isLiveCanvas(head), clock: seen.clock, fileAt, changedAt, ...tally };
}

export function graphSummary(graph: GraphState): GraphSummary {
  const live = [...graph.canvases.values()].filter(({ head }) => isLiveCanvas(head));
  const { nodes, edges, levels } = sumTallies(live.map(({ tally }) => tally));
  return { canvases: live.length, nodes, edges, levels, notes: graph.notes.size, concepts: graph.concepts.size };
}
