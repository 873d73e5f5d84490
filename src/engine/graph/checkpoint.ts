import type { Logger } from "../kernel/logger";
import type { LearningEvent } from "../learning/event";
import type { AlternatingFile } from "../journal/alternatingFile";
import { sameCovered, type Covered } from "./covered";
import { emptyGraph, type GraphState } from "./fold";
import type { GraphFiles } from "./graphFiles";
import {
  readIndex,
  readStamps,
  readSubjects,
  writeIndex,
  writeStamps,
  writeSubjects,
  type SavedCanvas,
  type SavedIndex,
  type SavedSubjects,
} from "./indexText";
import type { Shelf } from "./shelf";
import { Stamps } from "./stamps";

/** What a checkpoint gives back. `saves`: the last save of each canvas's contents. */
export interface Loaded {
  readonly graph: GraphState;
  readonly covered: Covered;
  readonly saves: Map<string, number>;
  readonly subjectsSave: number;
  readonly stamps: Stamps;
}

export interface CheckpointParts {
  readonly files: GraphFiles;
  readonly graph: GraphState;
  readonly shelf: Shelf;
  readonly stamps: Stamps;
}

/** One file that may have to be written. False when it had no change. */
export type SaveStep = () => Promise<boolean>;

interface OwnFiles {
  readonly index: AlternatingFile;
  readonly subjects: AlternatingFile;
  readonly stamps: AlternatingFile;
}

/**
 * The graph on disk: each canvas's contents, notes and concepts, then the index that stands on them, then the stamps.
 * Whatever the index stands on was written before it, and names the save it has to be.
 */
export class Checkpoint {
  private own: OwnFiles;
  private coveredNow: Covered;
  private subjectsSave: number;
  private subjectsChanged = false;
  private indexChanged = false;

  constructor(
    private readonly parts: CheckpointParts,
    loaded: Loaded,
  ) {
    this.own = ownFiles(parts.files);
    this.coveredNow = loaded.covered;
    this.subjectsSave = loaded.subjectsSave;
  }

  static async load(files: GraphFiles, logger: Logger): Promise<Loaded> {
    const own = ownFiles(files);
    const loaded = await loadIndex(files, own);
    if (loaded !== null) return loaded;
    logger.debug("no whole checkpoint of the graph: it is folded from the journal");
    await files.removeAll();
    return nothingLoaded();
  }

  get covered(): Covered {
    return this.coveredNow;
  }

  markChanged(events: readonly LearningEvent[]): void {
    if (events.length > 0) this.indexChanged = true;
    if (events.some(({ subject }) => subject.kind === "note" || subject.kind === "concept"))
      this.subjectsChanged = true;
  }

  canvasSteps(): readonly SaveStep[] {
    return this.parts.shelf.dirty().map((id) => () => this.parts.shelf.save(id));
  }

  /** To be run in this order, after the canvases' steps. */
  indexSteps(covered: Covered): readonly SaveStep[] {
    return [() => this.saveSubjects(), () => this.saveIndex(covered), () => this.saveStamps()];
  }

  async reset(): Promise<void> {
    const { files, graph, shelf, stamps } = this.parts;
    shelf.clear();
    stamps.clear();
    graph.canvases.clear();
    graph.notes.clear();
    graph.concepts.clear();
    this.coveredNow = new Map();
    this.subjectsSave = 0;
    this.subjectsChanged = false;
    this.indexChanged = false;
    this.own = ownFiles(files);
    await files.removeAll();
  }

  private async saveSubjects(): Promise<boolean> {
    if (!this.subjectsChanged) return false;
    const { notes, concepts } = this.parts.graph;
    const save = this.subjectsSave + 1;
    await this.own.subjects.write(writeSubjects({ save, notes, concepts }));
    this.subjectsSave = save;
    this.subjectsChanged = false;
    return true;
  }

  private async saveIndex(covered: Covered): Promise<boolean> {
    if (!this.indexChanged && sameCovered(covered, this.coveredNow)) return false;
    const { graph, shelf } = this.parts;
    const canvases = new Map(
      [...graph.canvases].map(([id, row]): [string, SavedCanvas] => [id, { row, save: shelf.saveOf(id) }]),
    );
    await this.own.index.write(writeIndex({ covered, subjects: this.subjectsSave, canvases }));
    this.coveredNow = covered;
    this.indexChanged = false;
    return true;
  }

  private async saveStamps(): Promise<boolean> {
    const { stamps } = this.parts;
    if (!stamps.dirty) return false;
    const entries = stamps.entries();
    stamps.markSaved();
    try {
      await this.own.stamps.write(writeStamps(entries));
    } catch (error) {
      stamps.markDirty();
      throw error;
    }
    return true;
  }
}

/** Null when there is no index, or when something it stands on is gone. */
async function loadIndex(files: GraphFiles, own: OwnFiles): Promise<Loaded | null> {
  const index = await readText(own.index, readIndex);
  if (index === null || !(await canvasesPresent(files, index))) return null;
  const subjects = await readText(own.subjects, readSubjects);
  if ((subjects?.save ?? 0) < index.subjects) return null;
  const stamps = new Stamps((await readText(own.stamps, readStamps)) ?? []);
  return { ...fromIndex(index, subjects), stamps };
}

async function canvasesPresent(files: GraphFiles, index: SavedIndex): Promise<boolean> {
  const present = await files.present();
  return [...index.canvases].every(([id, { save }]) => save === 0 || present(id));
}

function fromIndex(index: SavedIndex, subjects: SavedSubjects | null): Omit<Loaded, "stamps"> {
  const graph = emptyGraph();
  for (const [id, { row }] of index.canvases) graph.canvases.set(id, row);
  for (const [path, note] of subjects?.notes ?? []) graph.notes.set(path, note);
  for (const [name, concept] of subjects?.concepts ?? []) graph.concepts.set(name, concept);
  const saves = new Map([...index.canvases].map(([id, { save }]) => [id, save]));
  return { graph, covered: index.covered, saves, subjectsSave: subjects?.save ?? 0 };
}

function nothingLoaded(): Loaded {
  return { graph: emptyGraph(), covered: new Map(), saves: new Map(), subjectsSave: 0, stamps: new Stamps([]) };
}

function ownFiles(files: GraphFiles): OwnFiles {
  return { index: files.index(), subjects: files.subjects(), stamps: files.stamps() };
}

async function readText<T>(file: AlternatingFile, read: (text: string) => T | null): Promise<T | null> {
  const newest = await file.read();
  return newest === null ? null : read(newest.text);
}
