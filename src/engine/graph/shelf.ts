import { Breath } from "../kernel/breath";
import type { Clock } from "../kernel/clock";
import type { Logger } from "../kernel/logger";
import type { AlternatingFile } from "../journal/alternatingFile";
import { emptyContents, type CanvasContents } from "./canvasContents";
import { readContents, writeContents, type SavedContents } from "./contentsText";
import type { GraphState } from "./fold";

export interface ShelfParts {
  readonly clock: Clock;
  readonly graph: GraphState;
  readonly file: (canvasId: string) => AlternatingFile;
  /** Folds what is on a canvas from its whole history. */
  readonly refold: (canvasId: string) => Promise<CanvasContents>;
  /** Canvases that stay in memory. */
  readonly limit: number;
  readonly logger: Logger;
}

interface OpenCanvas {
  readonly file: AlternatingFile;
  dirty: boolean;
}

/**
 * Keeps the contents of the canvases in use in memory and those of all others in their files. Not safe for two callers
 * at once: the owner calls one method at a time.
 */
export class Shelf {
  private readonly open = new Map<string, OpenCanvas>();

  /** `saves`: the last save of each canvas that the index knows of. It is changed in place as canvases are saved. */
  constructor(
    private readonly parts: ShelfParts,
    private readonly saves: Map<string, number>,
  ) {}

  saveOf(id: string): number {
    return this.saves.get(id) ?? 0;
  }

  /** Brings a canvas's contents into the graph. Rejects with StorageError when they cannot be read. */
  async load(id: string): Promise<void> {
    const contents = this.parts.graph.contents.get(id);
    if (contents === undefined) await this.read(id);
    else this.use(id, contents);
  }

  markDirty(id: string): void {
    const canvas = this.open.get(id);
    if (canvas !== undefined) canvas.dirty = true;
  }

  /** Canvases with changes that no file has. */
  dirty(): readonly string[] {
    return [...this.open].filter(([, canvas]) => canvas.dirty).map(([id]) => id);
  }

  /** Writes a canvas when it has changes. False when it had none. Rejects with StorageError; it is dirty still then. */
  async save(id: string): Promise<boolean> {
    const canvas = this.open.get(id);
    const contents = this.parts.graph.contents.get(id);
    if (canvas === undefined || contents === undefined || !canvas.dirty) return false;
    const save = this.saveOf(id) + 1;
    // Nothing changes the contents meanwhile: whoever calls has the shelf to himself until this resolves.
    await canvas.file.write(await writeContents({ save, contents }, new Breath(this.parts.clock)));
    this.saves.set(id, save);
    canvas.dirty = false;
    return true;
  }

  /** Lets go of the canvases used longest ago, above the limit. What cannot be saved stays in memory. */
  async trim(): Promise<void> {
    const { contents } = this.parts.graph;
    for (const id of [...contents.keys()].slice(0, Math.max(0, contents.size - this.parts.limit))) {
      if (!(await this.trySave(id))) return;
      contents.delete(id);
      this.open.delete(id);
    }
  }

  clear(): void {
    this.open.clear();
    this.saves.clear();
    this.parts.graph.contents.clear();
  }

  private async trySave(id: string): Promise<boolean> {
    try {
      await this.save(id);
      return true;
    } catch (error) {
      this.parts.logger.warn(`a canvas stays in memory because its checkpoint cannot be written: ${String(error)}`);
      return false;
    }
  }

  private async read(id: string): Promise<void> {
    const file = this.parts.file(id);
    const known = this.saveOf(id);
    const found = await readSaved(file);
    // What the index knows no save of comes whole from the events after it; a file of it is left from before a crash.
    if (known === 0) return this.take(id, file, { save: found?.save ?? 0, contents: emptyContents() }, false);
    // An older file than the index stands on lacks events that the index says are there.
    if (found !== null && found.save >= known) return this.take(id, file, found, false);
    this.parts.logger.warn(
      `the checkpoint of canvas ${id} is ${found === null ? "damaged" : "too old"}: folding it again from the journal`,
    );
    return this.take(id, file, { save: known, contents: await this.parts.refold(id) }, true);
  }

  private take(id: string, file: AlternatingFile, { save, contents }: SavedContents, dirty: boolean): void {
    this.saves.set(id, save);
    this.open.set(id, { file, dirty });
    this.use(id, contents);
    const row = this.parts.graph.canvases.get(id);
    if (row !== undefined) this.parts.graph.canvases.set(id, { ...row, tally: contents.tally });
  }

  // A map keeps the order of insertion: the last one used stands last.
  private use(id: string, contents: CanvasContents): void {
    this.parts.graph.contents.delete(id);
    this.parts.graph.contents.set(id, contents);
  }
}

async function readSaved(file: AlternatingFile): Promise<SavedContents | null> {
  const newest = await file.read();
  return newest === null ? null : readContents(newest.text);
}
