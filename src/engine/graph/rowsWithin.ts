import { dataWithin, plainType } from "./dataWithin";
import { pathOf, plainColor, plainDate, plainLevel, plainNodeType, plainRating, plainSide, titleOf } from "./plainValues";
import type { PrivacyLevel } from "./privacyLevel";
import type { CanvasRow, ConceptRow, EdgeRow, EventRow, LearningColumns, NodeRow, NoteRow, StoreBatch } from "./rows";
import type { Uids } from "./uids";

/** A level that keeps something back. */
type Reduced = Exclude<PrivacyLevel, "full">;

/**
 * The rows with nothing in them that is above the level: what is not allowed is null or empty, so that a whole row also
 * takes it out of a store. `uids` are those of the level. Ids of nodes and edges are the file's own and stay.
 */
export function rowsWithin(batch: StoreBatch, level: PrivacyLevel, uids: Uids): StoreBatch {
  if (level === "full") return batch;
  return {
    vault: batch.vault,
    canvases: batch.canvases.map((row) => canvasWithin(row, level)),
    nodes: batch.nodes.map((row) => nodeWithin(row, level)),
    edges: batch.edges.map((row) => edgeWithin(row, level)),
    notes: sortedByUid(batch.notes.map((row) => noteWithin(row, level, uids))),
    concepts: sortedByUid(batch.concepts.map((row) => conceptWithin(row, level, uids))),
    events: batch.events.map((row) => eventWithin(row, level, uids)),
  };
}

function canvasWithin({ uid, vault, path, title, deleted, hlc }: CanvasRow, level: Reduced): CanvasRow {
  return { uid, vault, path: named(level, pathOf, path) ?? "", title: named(level, titleOf, title) ?? "", deleted, hlc };
}

// Column by column: a column that is added to a row must not go out before somebody has said at which level it may.
function nodeWithin(row: NodeRow, level: Reduced): NodeRow {
  const { uid, vault, canvas, id, x, y, width, height, deleted, hlc } = row;
  return {
    uid,
    vault,
    canvas,
    id,
    type: plainNodeType(row.type) ?? "",
    text: null,
    file: named(level, pathOf, row.file),
    url: null,
    label: named(level, titleOf, row.label),
    color: plainColor(row.color),
    level: plainLevel(row.level),
    concept: named(level, titleOf, row.concept),
    x,
    y,
    width,
    height,
    ...learningWithin(row),
    extra: "{}",
    deleted,
    hlc,
  };
}

function edgeWithin(row: EdgeRow, level: Reduced): EdgeRow {
  const { uid, vault, canvas, id, from, to, deleted, hlc } = row;
  return {
    uid,
    vault,
    canvas,
    id,
    from,
    to,
    fromSide: plainSide(row.fromSide),
    toSide: plainSide(row.toSide),
    label: named(level, titleOf, row.label),
    color: plainColor(row.color),
    extra: "{}",
    deleted,
    hlc,
  };
}

function noteWithin(row: NoteRow, level: Reduced, uids: Uids): NoteRow {
  const { vault, path, deleted, hlc } = row;
  return { uid: uids.note(path), vault, path: named(level, pathOf, path) ?? "", mastery: plainLevel(row.mastery), ...learningWithin(row), deleted, hlc };
}

function conceptWithin(row: ConceptRow, level: Reduced, uids: Uids): ConceptRow {
  const { vault, name, hlc } = row;
  return { uid: uids.concept(name), vault, name: named(level, titleOf, name) ?? "", mastery: plainLevel(row.mastery), ...learningWithin(row), hlc };
}

function eventWithin(row: EventRow, level: Reduced, uids: Uids): EventRow {
  const { id, vault, device, seq, type, at, hlc, origin, priority, subjectKind, canvas, aboutKind, score } = row;
  return {
    id,
    vault,
    device,
    seq,
    type: level === "ids" ? plainType(type) : type,
    at,
    hlc,
    origin,
    priority,
    subjectKind,
    subjectId: level === "ids" ? plainSubject(row, uids) : row.subjectId,
    canvas,
    canvasPath: named(level, pathOf, row.canvasPath),
    about: aboutOf(row, uids),
    aboutKind,
    concept: named(level, titleOf, row.concept),
    oldLevel: plainLevel(row.oldLevel),
    newLevel: plainLevel(row.newLevel),
    score,
    data: dataWithin(type, row.data, level),
  };
}

function learningWithin({ score, rating, due, interval, ease }: LearningColumns): LearningColumns {
  return { score, rating: plainRating(rating), due: plainDate(due), interval, ease };
}

function named(level: Reduced, reader: (value: unknown) => string | null, value: string | null): string | null {
  return level === "ids" ? null : reader(value);
}

/** The subject of a note's or concept's event is its path or name; their uid is the same without saying it. */
function plainSubject(row: EventRow, uids: Uids): string {
  return row.subjectKind === "note" || row.subjectKind === "concept" ? aboutOf(row, uids) : row.subjectId;
}

function aboutOf({ about, aboutKind, subjectId }: EventRow, uids: Uids): string {
  switch (aboutKind) {
    case "note":
      return uids.note(subjectId);
    case "concept":
      return uids.concept(subjectId);
    case "node":
    case "canvas":
      return about;
  }
}

// Batches are promised to be in the order of their keys, and the keys are others now.
function sortedByUid<Row extends { readonly uid: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0));
}
