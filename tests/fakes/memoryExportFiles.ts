import { StorageError } from "../../src/engine/journal/port";
import type { ExportedFile, ExportFiles, ExportTarget } from "../../src/engine/tasks/export/exportFiles";
import { fileName, isFileOf, pathIn, requireExportTarget, unfinishedName } from "../../src/engine/tasks/export/exportTarget";
import type { StorageFault } from "../../src/engine/journal/port";

/** Exports in memory. */
export class MemoryExportFiles implements ExportFiles {
  readonly texts = new Map<string, string>();
  /** Makes the next calls fail as a host does. */
  fault: StorageFault | null = null;
  /** The process ends at this point of the next call: nothing is cleaned up, and the call never settles. */
  crash: "unfinished" | "finished" | null = null;

  async write(wanted: ExportTarget, chunks: AsyncIterable<string>): Promise<ExportedFile> {
    const target = requireExportTarget(wanted);
    const there = [...this.texts].find(([path]) => isIn(target.folder, path) && isFileOf(target, nameOf(path)));
    if (there !== undefined) return { kind: "there", path: there[0], bytes: Buffer.byteLength(there[1]) };
    if (this.fault !== null) throw new StorageError(this.fault, `${target.folder} could not be kept`);
    const unfinished = pathIn(target.folder, unfinishedName(target));
    try {
      const text = await this.fill(unfinished, chunks);
      const path = this.freePath(target);
      this.texts.set(path, text);
      if (this.crash === "finished") return await new Promise(() => undefined);
      return { kind: "written", path, bytes: Buffer.byteLength(text) };
    } finally {
      this.texts.delete(unfinished);
    }
  }

  private async fill(path: string, chunks: AsyncIterable<string>): Promise<string> {
    let text = "";
    for await (const chunk of chunks) {
      text += chunk;
      this.texts.set(path, text);
      if (this.crash === "unfinished") return new Promise(() => undefined);
    }
    this.texts.delete(path);
    return text;
  }

  private freePath(target: ExportTarget): string {
    for (let copy = 1; ; copy += 1) {
      const path = pathIn(target.folder, fileName(target, copy));
      const isTaken = [...this.texts.keys()].some((other) => other === path || other.startsWith(`${path}/`));
      if (!isTaken) return path;
    }
  }
}

function isIn(folder: string, path: string): boolean {
  return path === pathIn(folder, nameOf(path));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
