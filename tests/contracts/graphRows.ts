import type {
  CanvasRow,
  ConceptRow,
  EdgeRow,
  EventRow,
  NodeRow,
  NoteRow,
  StoreBatch,
} from "../../src/engine/graph/rows";
import { emptyBatch } from "../../src/engine/graph/rows";

/** Made-up rows for tests: whole and valid, changed by what a test says. */

/** A clock as rows carry it. */
export function hlc(ms: number, counter = 0, device = "d1"): string {
  return `${String(ms).padStart(13, "0")}-${String(counter).padStart(6, "0")}-${device}`;
}

export function canvasRow(vault: string, id: string, over: Partial<CanvasRow> = {}): CanvasRow {
  return { uid: id, vault, path: `${id}.canvas`, title: id, deleted: false, hlc: hlc(1), ...over };
}

export function nodeRow(vault: string, canvas: string, id: string, over: Partial<NodeRow> = {}): NodeRow {
  return {
    uid: `${canvas}#${id}`,
    vault,
    canvas,
    id,
    type: "text",
    text: `text of ${id}`,
    file: null,
    url: null,
    label: null,
    color: null,
    level: null,
    concept: null,
    x: 0,
    y: 0,
    width: 250,
    height: 60,
    score: null,
    rating: null,
    due: null,
    interval: null,
    ease: null,
    extra: "{}",
    deleted: false,
    hlc: hlc(1),
    ...over,
  };
}

export function edgeRow(
  vault: string,
  canvas: string,
  id: string,
  ends: readonly [string, string],
  over: Partial<EdgeRow> = {},
): EdgeRow {
  return {
    uid: `${canvas}#${id}`,
    vault,
    canvas,
    id,
    from: `${canvas}#${ends[0]}`,
    to: `${canvas}#${ends[1]}`,
    fromSide: null,
    toSide: null,
    label: null,
    color: null,
    extra: "{}",
    deleted: false,
    hlc: hlc(1),
    ...over,
  };
}

export function noteRow(vault: string, path: string, over: Partial<NoteRow> = {}): NoteRow {
  const facts = { score: null, mastery: null, rating: null, due: null, interval: null, ease: null };
  return { uid: `${vault}/${path}`, vault, path, ...facts, deleted: false, hlc: hlc(1), ...over };
}

export function conceptRow(vault: string, name: string, over: Partial<ConceptRow> = {}): ConceptRow {
  const facts = { score: null, mastery: null, rating: null, due: null, interval: null, ease: null };
  return { uid: `${vault}/${name}`, vault, name, ...facts, hlc: hlc(1), ...over };
}

export function eventRow(vault: string, id: string, about: EventRow["about"], over: Partial<EventRow> = {}): EventRow {
  return {
    id,
    vault,
    device: "d1",
    seq: 1,
    type: "node_created",
    at: 1_700_000_000_000,
    hlc: hlc(1),
    origin: "edit",
    priority: "NORMAL",
    subjectKind: "node",
    subjectId: "n1",
    canvas: null,
    canvasPath: null,
    about,
    aboutKind: "node",
    concept: null,
    oldLevel: null,
    newLevel: null,
    score: null,
    data: "{}",
    ...over,
  };
}

/** A batch with its lists in the order that stores are promised. */
export function batchOf(vault: string, lists: Partial<Omit<StoreBatch, "vault">>): StoreBatch {
  const batch = { ...emptyBatch(vault), ...lists };
  return {
    vault,
    canvases: sorted(batch.canvases, (row) => row.uid),
    nodes: sorted(batch.nodes, (row) => row.uid),
    edges: sorted(batch.edges, (row) => row.uid),
    notes: sorted(batch.notes, (row) => row.uid),
    concepts: sorted(batch.concepts, (row) => row.uid),
    events: sorted(batch.events, (row) => `${row.hlc} ${row.id}`),
  };
}

export function sorted<T>(rows: readonly T[], key: (row: T) => string): readonly T[] {
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
