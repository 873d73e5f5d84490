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

/** Whether what differs is still to come or was just put right: the lines say which. */
export type Tense = "planned" | "done";

const words = {
  planned: { added: "would be added", removed: "would be removed", changed: "would change" },
  done: { added: "was added", removed: "was removed", changed: "changed" },
} as const;

export function viewOf(graph: GraphState): GraphView {
  const { canvases, notes, concepts, contents } = graph;
  return { canvases, notes, concepts, contents: (id) => Promise.resolve(contents.get(id) ?? emptyContents()) };
}

/**
 * What changes when a graph becomes another one: one plain line for each canvas, node, edge, note and concept, in the
 * order of ids. It names keys, never what notes and cards say. Empty when both are the same.
 */
export async function differences(now: GraphView, then: GraphView, tense: Tense = "planned"): Promise<readonly string[]> {
  const found: Difference[] = [];
  for (const id of idsOf(now.canvases, then.canvases)) {
    const name = `canvas ${quoted(pathIn(then, id) ?? pathIn(now, id) ?? id)}`;
    found.push(...difference(name, describeCanvas(now.canvases.get(id)), describeCanvas(then.canvases.get(id))));
    found.push(...contentDifferences(name, await now.contents(id), await then.contents(id)));
  }
  found.push(...mapDifferences("note", now.notes, then.notes, describeSubject));
  found.push(...mapDifferences("concept", now.concepts, then.concepts, describeSubject));
  return found.map((one) => lineOf(one, tense));
}

type Difference =
  | { readonly kind: "added" | "removed"; readonly name: string }
  | { readonly kind: "changed"; readonly name: string; readonly keys: readonly string[] };

function lineOf(one: Difference, tense: Tense): string {
  const what = one.kind === "changed" ? `${one.keys.join(", ")} ` : "";
  return `${one.name}: ${what}${words[tense][one.kind]}`;
}

/** What is to be said of one thing: whether it is there, its values, and the clock of its row. */
interface Described {
  readonly live: boolean;
  readonly values: JsonObject;
}

function contentDifferences(canvas: string, now: CanvasContents, then: CanvasContents): readonly Difference[] {
  return [
    ...mapDifferences(`${canvas} node`, now.nodes, then.nodes, describeNode),
    ...mapDifferences(`${canvas} edge`, now.edges, then.edges, describeEdge),
  ];
}

function mapDifferences<S>(
  kind: string,
  now: ReadonlyMap<string, S>,
  then: ReadonlyMap<string, S>,
  describe: (state: S | undefined, id: string) => Described,
): readonly Difference[] {
  return idsOf(now, then).flatMap((id) =>
    difference(`${kind} ${quoted(id)}`, describe(now.get(id), id), describe(then.get(id), id)),
  );
}

function difference(name: string, now: Described, then: Described): readonly Difference[] {
  if (now.live !== then.live) return [{ kind: then.live ? "added" : "removed", name }];
  const keys = [...new Set([...Object.keys(now.values), ...Object.keys(then.values)])].sort();
  const changed = keys.filter((key) => !jsonEqual(member(now.values, key), member(then.values, key)));
  return changed.length === 0 ? [] : [{ kind: "changed", name, keys: changed }];
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
