/**
 * What a store gets. Every row is whole: it replaces what the store has when its clock (`hlc`, compared as text) is
 * greater, and is ignored otherwise. A row's clock is the greatest clock of anything it says, then the times of what
 * else it says (see `rowClock`); it is empty when nothing is known but that the entity is spoken of.
 * Within one batch each uid stands once. All strings are plain; what a file invents beyond the schema is
 * in `extra` as one JSON string.
 */
export interface CanvasRow {
  /** The canvas id. */
  readonly uid: string;
  readonly vault: string;
  readonly path: string;
  /** File name without folder and extension. */
  readonly title: string;
  readonly deleted: boolean;
  readonly hlc: string;
}

/** What learning events say of a node, a note or a concept. */
export interface LearningColumns {
  /** The last score submitted, 0–100. */
  readonly score: number | null;
  /** The last review: rating, and epoch ms or ISO date as recorded. */
  readonly rating: number | string | null;
  readonly due: number | string | null;
  readonly interval: number | null;
  readonly ease: number | null;
}

export interface NodeRow extends LearningColumns {
  /** `canvas id # node id`, or its SHA-256 where that is longer than 1 kB. */
  readonly uid: string;
  readonly vault: string;
  readonly canvas: string;
  /** The file's own id. */
  readonly id: string;
  /** `text`, `file`, `link`, `group`, or whatever the file says; empty when it says nothing. */
  readonly type: string;
  readonly text: string | null;
  readonly file: string | null;
  readonly url: string | null;
  readonly label: string | null;
  readonly color: string | null;
  readonly level: string | null;
  readonly concept: string | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** JSON of the keys that the schema does not name, `{}` when there are none. */
  readonly extra: string;
  readonly deleted: boolean;
  readonly hlc: string;
}

export interface EdgeRow {
  /** `canvas id # edge id`, or its SHA-256 where that is longer than 1 kB. */
  readonly uid: string;
  readonly vault: string;
  readonly canvas: string;
  readonly id: string;
  /**
   * Uids of the end nodes. A store keeps the edge also when an end is unknown to it (a bare node with that uid stands
   * in), and moves an edge whose ends changed: the uid stays.
   */
  readonly from: string;
  readonly to: string;
  readonly fromSide: string | null;
  readonly toSide: string | null;
  readonly label: string | null;
  readonly color: string | null;
  readonly extra: string;
  readonly deleted: boolean;
  readonly hlc: string;
}

export interface NoteRow extends LearningColumns {
  /** `vault / path`, or its SHA-256 where that is longer than 1 kB. */
  readonly uid: string;
  readonly vault: string;
  readonly path: string;
  readonly mastery: string | null;
  readonly deleted: boolean;
  readonly hlc: string;
}

export interface ConceptRow extends LearningColumns {
  /** `vault / normalised name`, or its SHA-256 where that is longer than 1 kB. */
  readonly uid: string;
  readonly vault: string;
  readonly name: string;
  readonly mastery: string | null;
  readonly hlc: string;
}

/** An event as a store keeps it: written once, never changed. */
export interface EventRow {
  readonly id: string;
  readonly vault: string;
  readonly device: string;
  readonly seq: number;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly hlc: string;
  readonly origin: string;
  readonly priority: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Canvas id and the path at the time; null for notes and concepts. */
  readonly canvas: string | null;
  readonly canvasPath: string | null;
  /** Uid of the node, note, concept or canvas row it is about; an edge's event is about its canvas. */
  readonly about: string;
  readonly aboutKind: "node" | "canvas" | "note" | "concept";
  readonly concept: string | null;
  readonly oldLevel: string | null;
  readonly newLevel: string | null;
  readonly score: number | null;
  /** The event's `data` as JSON. */
  readonly data: string;
}

/**
 * The content of one write. Lists are sorted by uid (events by hlc), and every event's `about`, every node's canvas and
 * every edge's ends that the local graph knows are among the rows.
 */
export interface StoreBatch {
  readonly vault: string;
  readonly canvases: readonly CanvasRow[];
  readonly nodes: readonly NodeRow[];
  readonly edges: readonly EdgeRow[];
  readonly notes: readonly NoteRow[];
  readonly concepts: readonly ConceptRow[];
  readonly events: readonly EventRow[];
}

export function emptyBatch(vault: string): StoreBatch {
  return { vault, canvases: [], nodes: [], edges: [], notes: [], concepts: [], events: [] };
}

/** True for a batch without rows, the canary. */
export function isEmptyBatch({ canvases, nodes, edges, notes, concepts, events }: StoreBatch): boolean {
  return [canvases, nodes, edges, notes, concepts, events].every((rows) => rows.length === 0);
}
