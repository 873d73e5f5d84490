import type { DataState } from "../../../src/engine/graph/dataState";
import type { GraphState } from "../../../src/engine/graph/fold";

/** A graph as plain sorted values, the order in which things came left out: what two equal graphs have in common. */
export function canonicalGraph(graph: GraphState): unknown {
  return {
    canvases: sortedMap(graph.canvases),
    contents: sortedMap(graph.contents).map(([id, { nodes, edges, tally }]) => [
      id,
      states(nodes),
      states(edges),
      tally,
    ]),
    notes: sortedMap(graph.notes),
    concepts: sortedMap(graph.concepts),
  };
}

function states(map: ReadonlyMap<string, DataState>): unknown {
  return sortedMap(map).map(([id, state]) => [
    id,
    { ...state, data: sortedMap(new Map(Object.entries(state.data))), later: sortedMap(state.later) },
  ]);
}

function sortedMap<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
