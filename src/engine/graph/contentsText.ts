import type { Breath } from "../kernel/breath";
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

/** Entries that are written without a pause. */
const SLICE = 25;

/** In slices, between which the host may breathe. The contents must not change before it resolves. */
export async function writeContents({ save, contents }: SavedContents, breath: Breath): Promise<string> {
  // Joined once: of a large canvas each copy of the text is as large as its file.
  const text = [`{"format":${FORMAT},"save":${save},"nodes":[`];
  await writeEntries(contents.nodes, storedNode, text, breath);
  text.push('],"edges":[');
  await writeEntries(contents.edges, storedEntry, text, breath);
  text.push("]}");
  return text.join("");
}

async function writeEntries<S>(
  states: ReadonlyMap<string, S>,
  stored: (id: string, state: S) => StoredEntry,
  text: string[],
  breath: Breath,
): Promise<void> {
  let slice: StoredEntry[] = [];
  let left = states.size;
  for (const [id, state] of states) {
    slice.push(stored(id, state));
    left -= 1;
    if (slice.length < SLICE && left > 0) continue;
    text.push(JSON.stringify(slice).slice(1, -1), left > 0 ? "," : "");
    slice = [];
    await breath.take();
  }
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
