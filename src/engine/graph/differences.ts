import type { JsonObject } from "../kernel/json";
import { jsonEqual } from "../kernel/json";
import { headClocks, headPath, isLiveCanvas } from "./canvasHead";
import { emptyContents, type CanvasContents } from "./canvasContents";
import { blankData, dataClocks, isThere } from "./dataState";
import { edgeEntry, type EdgeState } from "./edgeState";
import { member } from "./eventData";
import type { CanvasIndexRow, GraphState } from "./fold";
import { blankNode, nodeClocks, nodeEntry, type NodeState } from "./nodeState";
import { rowClock } from "./rowClock";
import { learningValues } from "./learningValues";
import { blankSubject, subjectClocks, type SubjectState } from "./subjectState";

/** A graph to compare. Contents are asked for one canvas after the other. */
export interface GraphView {
  readonly canvases: ReadonlyMap<string, CanvasIndexRow>;
  readonly notes: ReadonlyMap<string, SubjectState>;
  readonly concepts: ReadonlyMap<string, SubjectState>;
  contents(canvasId: string): Promise<CanvasContents>;
}

export function viewOf(graph: GraphState): GraphView {
  const { canvases, notes, concepts, contents } = graph;
  return { canvases, notes, concepts, contents: (id) => Promise.resolve(contents.get(id) ?? emptyContents()) };
}

/**
 * What would change if a graph became another one: one plain line for each canvas, node, edge, note and concept, in the
 * order of ids. It names keys, never what notes and cards say. Empty when both are the same.
 */
export async function differences(now: GraphView, then: GraphView): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const id of idsOf(now.canvases, then.canvases)) {
    const name = `canvas ${quoted(pathIn(then, id) ?? pathIn(now, id) ?? id)}`;
    lines.push(...line(name, describeCanvas(now.canvases.get(id)), describeCanvas(then.canvases.get(id))));
    lines.push(...contentLines(name, await now.contents(id), await then.contents(id)));
  }
  lines.push(...mapLines("note", now.notes, then.notes, describeSubject));
  lines.push(...mapLines("concept", now.concepts, then.concepts, describeSubject));
  return lines;
}

/** What is to be said of one thing: whether it is there, its values, and the clock of its row. */
interface Described {
  readonly live: boolean;
  readonly values: JsonObject;
}

function contentLines(canvas: string, now: CanvasContents, then: CanvasContents): readonly string[] {
  return [
    ...mapLines(`${canvas} node`, now.nodes, then.nodes, describeNode),
    ...mapLines(`${canvas} edge`, now.edges, then.edges, describeEdge),
  ];
}

function mapLines<S>(
  kind: string,
  now: ReadonlyMap<string, S>,
  then: ReadonlyMap<string, S>,
  describe: (state: S | undefined, id: string) => Described,
): readonly string[] {
  return idsOf(now, then).flatMap((id) =>
    line(`${kind} ${quoted(id)}`, describe(now.get(id), id), describe(then.get(id), id)),
  );
}

function line(name: string, now: Described, then: Described): readonly string[] {
  if (now.live !== then.live) return [`${name}: ${then.live ? "would be added" : "would be removed"}`];
  const keys = [...new Set([...Object.keys(now.values), ...Object.keys(then.values)])].sort();
  const changed = keys.filter((key) => !jsonEqual(member(now.values, key), member(then.values, key)));
  return changed.length === 0 ? [] : [`${name}: ${changed.join(", ")} would change`];
}

function describeCanvas(row: CanvasIndexRow | undefined): Described {
  if (row === undefined) return { live: false, values: {} };
  return { live: isLiveCanvas(row.head), values: { path: headPath(row.head), clock: rowClock(headClocks(row.head)) } };
}

function describeNode(state: NodeState | undefined, id: string): Described {
  const node = state ?? blankNode;
  const facts = {
    ...learningValues(node.facts),
    level: node.coloring?.value.level ?? null,
    concept: node.concept?.value ?? null,
  };
  return { live: isThere(node), values: { ...facts, ...nodeEntry(id, node), clock: rowClock(nodeClocks(node)) } };
}

function describeEdge(state: EdgeState | undefined, id: string): Described {
  const edge = state ?? blankData;
  return { live: isThere(edge), values: { ...edgeEntry(id, edge), clock: rowClock(dataClocks(edge)) } };
}

function describeSubject(state: SubjectState | undefined): Described {
  const subject = state ?? blankSubject;
  return {
    live: state !== undefined,
    values: { ...learningValues(subject.facts), clock: rowClock(subjectClocks(subject)) },
  };
}

function idsOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}

function pathIn(view: GraphView, id: string): string | null {
  const row = view.canvases.get(id);
  return row === undefined ? null : headPath(row.head);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
