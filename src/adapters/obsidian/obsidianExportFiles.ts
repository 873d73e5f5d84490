import type { DataAdapter } from "obsidian";
import type { ExportedFile, ExportFiles, ExportTarget } from "../../engine/index";
import { fileName, isFileOf, pathIn, requireExportTarget, StorageError, unfinishedName } from "../../engine/index";
import { makeVaultFolder } from "./makeVaultFolder";
import { storageError } from "./storageFault";

type Adapter = Pick<DataAdapter, "append" | "exists" | "list" | "mkdir" | "remove" | "rename" | "stat" | "write">;

/** Characters that one append writes at most, but for a longer chunk: each is a write of its own on a phone. */
const PART = 500_000;
const MOST_COPIES = 100;

/**
 * Exports through Obsidian's adapter. The unfinished file is one that Obsidian sees, so that it also sees the rename: of
 * a file that comes out of a hidden place some hosts tell only at their next start.
 */
export class ObsidianExportFiles implements ExportFiles {
  constructor(private readonly adapter: Adapter) {}

  async write(wanted: ExportTarget, chunks: AsyncIterable<string>): Promise<ExportedFile> {
    const target = asInVault(requireExportTarget(wanted));
    const kept: Kept = (work) => saying(pathIn(target.folder, fileName(target, 1)), work);
    await kept(makeVaultFolder(this.adapter, target.folder));
    const there = await kept(this.finished(target));
    if (there !== null) return there;
    const unfinished = pathIn(target.folder, unfinishedName(target));
    try {
      await this.writeChunks(unfinished, chunks, kept);
      const bytes = await kept(this.sizeOf(unfinished));
      return { kind: "written", path: await kept(this.named(unfinished, target)), bytes };
    } catch (error) {
      // What is left of it is taken away by the next try; the first error is the one to tell.
      await this.removeIfThere(unfinished).catch(() => undefined);
      throw error;
    }
  }

  private async finished(target: ExportTarget): Promise<ExportedFile | null> {
    const { files } = await this.adapter.list(target.folder === "" ? "/" : target.folder);
    const name = files.map(nameOf).find((one) => isFileOf(target, one));
    if (name === undefined) return null;
    const path = pathIn(target.folder, name);
    return { kind: "there", path, bytes: await this.sizeOf(path) };
  }

  private async writeChunks(file: string, chunks: AsyncIterable<string>, kept: Kept): Promise<void> {
    await kept(this.adapter.write(file, ""));
    let part = "";
    for await (const chunk of chunks) {
      part += chunk;
      if (part.length < PART) continue;
      await kept(this.adapter.append(file, part));
      part = "";
    }
    if (part !== "") await kept(this.adapter.append(file, part));
  }

  // The adapter refuses to rename to a name that is taken; the look before it only saves the refusal.
  private async named(unfinished: string, target: ExportTarget): Promise<string> {
    for (let copy = 1; copy <= MOST_COPIES; copy += 1) {
      const path = pathIn(target.folder, fileName(target, copy));
      if (await this.adapter.exists(path)) continue;
      await this.adapter.rename(unfinished, path);
      return path;
    }
    throw new StorageError("other", `${pathIn(target.folder, fileName(target, 1))} and ${MOST_COPIES - 1} names like it are taken.`);
  }

  private async sizeOf(path: string): Promise<number> {
    return (await this.adapter.stat(path))?.size ?? 0;
  }

  private async removeIfThere(path: string): Promise<void> {
    if (await this.adapter.exists(path)) await this.adapter.remove(path);
  }
}

/** The folder as Obsidian spells paths, whoever typed it. */
function asInVault(target: ExportTarget): ExportTarget {
  return { ...target, folder: target.folder.replace(/[\u00a0\u202f]/g, " ").normalize("NFC") };
}

type Kept = <T>(work: Promise<T>) => Promise<T>;

async function saying<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storageError(error, path);
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
