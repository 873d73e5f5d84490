import type { NoteFiles } from "../../src/engine/tasks/nodes/noteFiles";

/** Notes in memory, over a map that a test and other fakes may share. */
export class MemoryNoteFiles implements NoteFiles {
  /** Paths in the order in which they were taken away. */
  readonly discarded: string[] = [];

  constructor(private readonly texts: Map<string, string> = new Map()) {}

  async read(path: string): Promise<string | null> {
    await Promise.resolve();
    return this.texts.get(path) ?? null;
  }

  async discard(path: string, isMeant: (text: string) => boolean): Promise<boolean> {
    await Promise.resolve();
    const text = this.texts.get(path);
    if (text === undefined || !isMeant(text)) return false;
    this.texts.delete(path);
    this.discarded.push(path);
    return true;
  }
}
