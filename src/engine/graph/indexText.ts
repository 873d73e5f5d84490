import type { Range } from "../journal/ranges";
import type { Covered } from "./covered";
import type { CanvasIndexRow } from "./fold";
import type { Stamp } from "./stamps";
import type { SubjectState } from "./subjectState";

/** Format of the index, of notes and concepts, and of the stamps. Another one counts as none. */
const FORMAT = 2;

/** What the index says: which events the checkpoint covers, and which saves of the other files it stands on. */
export interface SavedIndex {
  readonly covered: Covered;
  /** The save of notes and concepts that belongs to it; 0 when there is none. */
  readonly subjects: number;
  /** Each canvas with the save of its contents; 0 when they were never saved. */
  readonly canvases: ReadonlyMap<string, SavedCanvas>;
}

export interface SavedCanvas {
  readonly row: CanvasIndexRow;
  readonly save: number;
}

export interface SavedSubjects {
  readonly save: number;
  readonly notes: Map<string, SubjectState>;
  readonly concepts: Map<string, SubjectState>;
}

type Pairs<T> = readonly (readonly [string, T])[];

interface StoredIndex {
  readonly format: number;
  readonly covered: Pairs<readonly Range[]>;
  readonly subjects: number;
  readonly canvases: Pairs<SavedCanvas>;
}

interface StoredSubjects {
  readonly format: number;
  readonly save: number;
  readonly notes: Pairs<SubjectState>;
  readonly concepts: Pairs<SubjectState>;
}

interface StoredStamps {
  readonly format: number;
  readonly stamps: Pairs<Stamp>;
}

export function writeIndex({ covered, subjects, canvases }: SavedIndex): string {
  return JSON.stringify({
    format: FORMAT,
    covered: [...covered],
    subjects,
    canvases: [...canvases],
  } satisfies StoredIndex);
}

export function readIndex(text: string): SavedIndex | null {
  const value = JSON.parse(text) as StoredIndex;
  if (value.format !== FORMAT) return null;
  return { covered: new Map(value.covered), subjects: value.subjects, canvases: new Map(value.canvases) };
}

export function writeSubjects({ save, notes, concepts }: SavedSubjects): string {
  return JSON.stringify({ format: FORMAT, save, notes: [...notes], concepts: [...concepts] } satisfies StoredSubjects);
}

export function readSubjects(text: string): SavedSubjects | null {
  const value = JSON.parse(text) as StoredSubjects;
  if (value.format !== FORMAT) return null;
  return { save: value.save, notes: new Map(value.notes), concepts: new Map(value.concepts) };
}

export function writeStamps(stamps: Pairs<Stamp>): string {
  return JSON.stringify({ format: FORMAT, stamps } satisfies StoredStamps);
}

export function readStamps(text: string): Pairs<Stamp> {
  const value = JSON.parse(text) as StoredStamps;
  return value.format === FORMAT ? value.stamps : [];
}
