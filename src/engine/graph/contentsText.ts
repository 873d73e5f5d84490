import { contentsOf, type CanvasContents } from "./canvasContents";
import type { Cell } from "./cell";
import { blankData, type DataState } from "./dataState";
import type { EdgeState } from "./edgeState";
import { noLearningFacts, type LearningFacts } from "./learningFacts";
import type { Coloring, Geometry, NodeState } from "./nodeState";

/** Format of the checkpoint of one canvas. Another one counts as none and is folded again from the journal. */
const FORMAT = 1;

/** Contents as they were saved, and the how-manieth save it was. */
export interface SavedContents {
  readonly save: number;
  readonly contents: CanvasContents;
}

/** A cell as JSON. The clock is left out where it is the one of the creation, as it mostly is. */
type StoredCell<T> = readonly [T] | readonly [T, string];

/** States as JSON: what is blank is left out. */
interface StoredEntry {
  readonly id: string;
  readonly created?: string;
  readonly removed?: string;
  readonly data: DataState["data"];
  readonly later?: readonly (readonly [string, string])[];
}

interface StoredNode extends StoredEntry {
  readonly coloring?: StoredCell<Coloring>;
  readonly geometry?: StoredCell<Geometry>;
  readonly concept?: StoredCell<string | null>;
  readonly facts?: LearningFacts;
}

interface StoredContents {
  readonly format: number;
  readonly save: number;
  readonly nodes: readonly StoredNode[];
  readonly edges: readonly StoredEntry[];
}

export function writeContents({ save, contents }: SavedContents): string {
  const nodes = [...contents.nodes].map(([id, state]) => storedNode(id, state));
  const edges = [...contents.edges].map(([id, state]) => storedEntry(id, state));
  return JSON.stringify({ format: FORMAT, save, nodes, edges } satisfies StoredContents);
}

/** Null for another format. The text is one that `writeContents` made, as its checksum says. */
export function readContents(text: string): SavedContents | null {
  const value = JSON.parse(text) as StoredContents;
  if (value.format !== FORMAT) return null;
  const nodes = new Map(value.nodes.map((node) => [node.id, restoredNode(node)]));
  const edges = new Map(value.edges.map((edge): [string, EdgeState] => [edge.id, restoredEntry(edge)]));
  return { save: value.save, contents: contentsOf(nodes, edges) };
}

function storedEntry(id: string, { created, removed, data, later }: DataState): StoredEntry {
  return {
    id,
    ...(created === "" ? {} : { created }),
    ...(removed === "" ? {} : { removed }),
    data,
    ...(later.size === 0 ? {} : { later: [...later] }),
  };
}

function storedNode(id: string, state: NodeState): StoredNode {
  const { created, coloring, geometry, concept, facts } = state;
  const said = facts.score !== null || facts.mastery !== null || facts.review !== null;
  return {
    ...storedEntry(id, state),
    ...(coloring === null ? {} : { coloring: storedCell(coloring, created) }),
    ...(geometry === null ? {} : { geometry: storedCell(geometry, created) }),
    ...(concept === null ? {} : { concept: storedCell(concept, created) }),
    ...(said ? { facts } : {}),
  };
}

function storedCell<T>({ clock, value }: Cell<T>, created: string): StoredCell<T> {
  return clock === created ? [value] : [value, clock];
}

function restoredEntry({ created = "", removed = "", data, later }: StoredEntry): DataState {
  return { created, removed, data, later: later === undefined ? blankData.later : new Map(later) };
}

function restoredNode(stored: StoredNode): NodeState {
  const entry = restoredEntry(stored);
  return {
    ...entry,
    coloring: restoredCell(stored.coloring, entry.created),
    geometry: restoredCell(stored.geometry, entry.created),
    concept: restoredCell(stored.concept, entry.created),
    facts: stored.facts ?? noLearningFacts,
  };
}

function restoredCell<T>(stored: StoredCell<T> | undefined, created: string): Cell<T> | null {
  return stored === undefined ? null : { clock: stored[1] ?? created, value: stored[0] };
}
