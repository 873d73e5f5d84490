import type { CanvasDocument, CanvasEntry } from "../canvas/document";
import type { LearningEvent } from "../learning/event";
import { isThere, type DataState } from "./dataState";
import { blankEdge, edgeEntry, foldEdge, type EdgeState } from "./edgeState";
import { blankNode, foldNode, nodeEntry, type NodeState } from "./nodeState";
import { addEdge, addNode, emptyTally, type Tally } from "./tally";

/**
 * What is on one canvas. The maps and the tally are changed in place, for a canvas may have 100,000 nodes and an edit
 * touches one; the states in them are values.
 */
export interface CanvasContents {
  readonly nodes: Map<string, NodeState>;
  readonly edges: Map<string, EdgeState>;
  tally: Tally;
}

export function emptyContents(): CanvasContents {
  return { nodes: new Map(), edges: new Map(), tally: emptyTally };
}

/** Contents as they were saved. */
export function contentsOf(nodes: Map<string, NodeState>, edges: Map<string, EdgeState>): CanvasContents {
  let tally = emptyTally;
  for (const node of nodes.values()) tally = countNode(tally, node, 1);
  for (const edge of edges.values()) tally = countEdge(tally, edge, 1);
  return { nodes, edges, tally };
}

const contentEvents: ReadonlyMap<string, "node" | "edge"> = new Map([
  ["node_created", "node"],
  ["node_updated", "node"],
  ["node_moved", "node"],
  ["color_changed", "node"],
  ["color_removed", "node"],
  ["node_removed", "node"],
  ["score_submitted", "node"],
  ["mastery_changed", "node"],
  ["review_rated", "node"],
  ["edge_created", "edge"],
  ["edge_updated", "edge"],
  ["edge_removed", "edge"],
]);

/** Whether an event can change what is on its canvas. */
export function touchesContents(event: LearningEvent): boolean {
  return event.canvas !== null && contentEvents.get(event.type) === event.subject.kind;
}

/** Folds one event in. False when it changed nothing: known already, or not understood. */
export function foldContents(contents: CanvasContents, event: LearningEvent): boolean {
  if (!touchesContents(event)) return false;
  return event.subject.kind === "node" ? foldNodeIn(contents, event) : foldEdgeIn(contents, event);
}

/**
 * Live nodes and edges, in the order of their (latest) creation; entries of one save keep the order of the file.
 * A change of the order alone is no event, so the order of the file may be another.
 */
export function documentOf(contents: CanvasContents): CanvasDocument {
  return { nodes: liveEntries(contents.nodes, nodeEntry), edges: liveEntries(contents.edges, edgeEntry) };
}

function liveEntries<S extends DataState>(
  states: ReadonlyMap<string, S>,
  entry: (id: string, state: S) => CanvasEntry,
): readonly CanvasEntry[] {
  const live = [...states].filter(([, state]) => isThere(state));
  live.sort(([idA, a], [idB, b]) => compareText(a.created, b.created) || compareText(idA, idB));
  return live.map(([id, state]) => entry(id, state));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function foldNodeIn(contents: CanvasContents, event: LearningEvent): boolean {
  const known = contents.nodes.get(event.subject.id) ?? blankNode;
  const next = foldNode(known, event);
  if (next === known) return false;
  contents.nodes.set(event.subject.id, next);
  if (isThere(next) !== isThere(known) || levelOf(next) !== levelOf(known)) {
    contents.tally = countNode(countNode(contents.tally, known, -1), next, 1);
  }
  return true;
}

function foldEdgeIn(contents: CanvasContents, event: LearningEvent): boolean {
  const known = contents.edges.get(event.subject.id) ?? blankEdge;
  const next = foldEdge(known, event);
  if (next === known) return false;
  contents.edges.set(event.subject.id, next);
  if (isThere(next) !== isThere(known)) contents.tally = countEdge(countEdge(contents.tally, known, -1), next, 1);
  return true;
}

function countNode(tally: Tally, node: NodeState, count: 1 | -1): Tally {
  return isThere(node) ? addNode(tally, levelOf(node), count) : tally;
}

function levelOf(node: NodeState): string | null {
  return node.coloring?.value.level ?? null;
}

function countEdge(tally: Tally, edge: EdgeState, count: 1 | -1): Tally {
  return isThere(edge) ? addEdge(tally, count) : tally;
}
