import type { Engine } from "../../src/engine/index";
import { emptyDocument, type CanvasDocument, type CanvasEntry } from "../../src/engine/canvas/document";
import { documentOf } from "../../src/engine/graph/canvasContents";
import { headPath, isLiveCanvas } from "../../src/engine/graph/canvasHead";
import { emptyGraph, applyEvent, type GraphState } from "../../src/engine/graph/fold";

/** The live graph as the journal alone tells it, by path. */
export async function foldJournal(engine: Engine): Promise<GraphState> {
  const graph = emptyGraph();
  for await (const event of engine.events()) applyEvent(graph, event);
  return graph;
}

export function liveCanvases(graph: GraphState): Map<string, CanvasDocument> {
  const live = new Map<string, CanvasDocument>();
  for (const { head } of graph.canvases.values()) {
    const contents = graph.contents.get(head.id);
    if (isLiveCanvas(head)) live.set(headPath(head), contents === undefined ? emptyDocument : documentOf(contents));
  }
  return live;
}

export function comparable(documents: ReadonlyMap<string, CanvasDocument>): object {
  const byId = (entries: readonly CanvasEntry[], clean: (entry: CanvasEntry) => object): object =>
    Object.fromEntries([...entries].sort((a, b) => (a.id < b.id ? -1 : 1)).map((entry) => [`id ${entry.id}`, clean(entry)]));
  return Object.fromEntries(
    [...documents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, { nodes, edges }]) => [
      path,
      { nodes: byId(nodes, cleanNode), edges: byId(edges, cleanEdge) },
    ]),
  );
}

// Moves are journaled rounded, and the sides of an edge are filled in by Obsidian without counting as an edit.
function cleanNode(node: CanvasEntry): object {
  const rounded = (["x", "y", "width", "height"] as const).map((key): [string, unknown] => [key, typeof node[key] === "number" ? Math.round(node[key]) : (node[key] ?? null)]);
  return { ...node, ...(Object.fromEntries(rounded) as object) };
}

function cleanEdge({ fromSide: _, toSide: __, ...edge }: CanvasEntry): object {
  return edge;
}
