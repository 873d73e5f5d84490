import { headClocks, headPath } from "./canvasHead";
import type { CanvasContents } from "./canvasContents";
import { dataClocks } from "./dataState";
import type { CanvasIndexRow } from "./fold";
import { nodeClocks } from "./nodeState";
import { rowClock } from "./rowClock";
import type { StoredKind } from "./storedRows";
import { subjectClocks, type SubjectState } from "./subjectState";
import type { Uids } from "./uids";

/** What a store should have of one row when everything that the graph knows was sent. */
export interface ExpectedRow {
  readonly kind: StoredKind;
  /** The row's uid. */
  readonly key: string;
  readonly clock: string;
  /** The canvas that it lies on, or is; null for notes and concepts. */
  readonly canvas: string | null;
  /** As events name it: the file's own id of a node or edge, the canvas id, a note's path, a concept's name. */
  readonly id: string;
  /** What people know it by. */
  readonly name: string;
}

/** The row of a canvas and of everything that was ever on it, removed things too: a store keeps those as well. */
export function* canvasRows(uids: Uids, { head }: CanvasIndexRow, { edges, nodes }: CanvasContents): Generator<ExpectedRow> {
  const canvas = head.id;
  yield { kind: "canvas", key: canvas, clock: rowClock(headClocks(head)), canvas, id: canvas, name: headPath(head) };
  for (const [id, state] of nodes) yield { kind: "node", key: uids.node(canvas, id), clock: rowClock(nodeClocks(state)), canvas, id, name: id };
  for (const [id, state] of edges) yield { kind: "edge", key: uids.edge(canvas, id), clock: rowClock(dataClocks(state)), canvas, id, name: id };
}

export function* noteRows(uids: Uids, notes: ReadonlyMap<string, SubjectState>): Generator<ExpectedRow> {
  for (const [path, state] of notes)
    yield { kind: "note", key: uids.note(path), clock: rowClock(subjectClocks(state)), canvas: null, id: path, name: path };
}

export function* conceptRows(uids: Uids, concepts: ReadonlyMap<string, SubjectState>): Generator<ExpectedRow> {
  for (const [name, state] of concepts)
    yield { kind: "concept", key: uids.concept(name), clock: rowClock(subjectClocks(state)), canvas: null, id: name, name };
}
