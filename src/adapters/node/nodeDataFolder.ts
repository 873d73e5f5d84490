import { open, readFile, readdir, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { DataFolder, FolderListing } from "../../engine/index";
import { AppendHandles } from "./appendHandles";
import { createFile, writeSynced } from "./createFile";
import { makeFolder } from "./makeFolder";
import { pathBelow } from "./nodePath";
import { errorCode, nodeStorageError } from "./nodeStorageError";
import { syncFolder } from "./syncFolder";

const CHUNK_BYTES = 32 * 1024;
/** A file that is being replaced. No listing shows it. */
const TEMPORARY = ".tmp";

/**
 * A folder of this machine. What `append` and `write` resolve for is on the disk, and a replaced file is either the old
 * or the new one. Changes of one file happen in the order of the calls.
 */
export class NodeDataFolder implements DataFolder {
  private readonly handles = new AppendHandles((file) => syncFolder(dirname(file)));
  private readonly changes = new Map<string, Promise<unknown>>();

  /**
   * `root` is made when something is written. `anchor` is a folder above it that is never made, such as the vault:
   * while that is away (an unplugged disk) every change is refused.
   */
  constructor(
    private readonly root: string,
    private readonly anchor: string | null = null,
  ) {}

  list(path: string): Promise<FolderListing> {
    return this.attempt(path, async (folder) => {
      const entries = await missingAs([], readdir(folder, { withFileTypes: true }));
      const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      const kept = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(TEMPORARY));
      const files = await Promise.all(kept.map(async ({ name }) => ({ name, size: await sizeOf(`${folder}/${name}`) })));
      return { files: files.flatMap(({ name, size }) => (size === null ? [] : [{ name, size }])), folders };
    });
  }

  read(path: string): Promise<string | null> {
    return this.attempt(path, (file) => missingAs(null, readFile(file, "utf8")));
  }

  async *stream(path: string, from = 0): AsyncIterable<string> {
    const handle = await this.attempt(path, (file) => missingAs(null, open(file, "r")));
    if (handle === null) return;
    const bytes = Buffer.allocUnsafe(CHUNK_BYTES);
    const decoder = new StringDecoder("utf8");
    let at = from;
    try {
      for (;;) {
        const { bytesRead } = await this.attempt(path, () => handle.read(bytes, 0, bytes.length, at));
        at += bytesRead;
        const text = bytesRead === 0 ? decoder.end() : decoder.write(bytes.subarray(0, bytesRead));
        if (text !== "") yield text;
        if (bytesRead === 0) return;
      }
    } finally {
      await handle.close();
    }
  }

  append(path: string, text: string): Promise<void> {
    return this.change(path, (file) => this.withFolders(file, () => this.handles.append(file, text)));
  }

  write(path: string, text: string): Promise<void> {
    return this.change(path, async (file) => {
      await this.handles.close(file);
      await this.withFolders(file, () => writeSynced(`${file}${TEMPORARY}`, text));
      const isNew = (await sizeOf(file)) === null;
      await rename(`${file}${TEMPORARY}`, file);
      if (isNew) await syncFolder(dirname(file));
    });
  }

  remove(path: string): Promise<void> {
    return this.change(path, async (file) => {
      await this.handles.close(file);
      await missingAs(undefined, unlink(file));
    });
  }

  /** Makes the file, whole or not at all, unless there is one: then false. Also among several processes. */
  createExclusive(path: string, text: string): Promise<boolean> {
    return this.change(path, (file) => this.withFolders(file, () => createFile(file, text)));
  }

  /** Lets go of every open file. The folder can still be used afterwards. */
  async close(): Promise<void> {
    await Promise.all(this.changes.values());
    await this.handles.closeAll();
  }

  private change<T>(path: string, work: (file: string) => Promise<T>): Promise<T> {
    const before = this.changes.get(path) ?? Promise.resolve();
    const result = before.then(() => this.attempt(path, work));
    const settled = result.then(() => undefined, () => undefined).then(() => {
      if (this.changes.get(path) === settled) this.changes.delete(path);
    });
    this.changes.set(path, settled);
    return result;
  }

  private async attempt<T>(path: string, work: (file: string) => Promise<T>): Promise<T> {
    try {
      return await work(pathBelow(this.root, path));
    } catch (error) {
      throw nodeStorageError(error, `${this.root}/${path}`);
    }
  }

  /** Makes the folders of a file only when they turn out to be missing. */
  private async withFolders<T>(file: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (errorCode(error) !== "ENOENT") throw error;
    }
    if (this.anchor !== null) await stat(this.anchor);
    await makeFolder(dirname(file));
    return work();
  }
}

async function sizeOf(file: string): Promise<number | null> {
  return missingAs(null, stat(file).then(({ size }) => size));
}

async function missingAs<T, U>(value: U, work: Promise<T>): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return value;
    throw error;
  }
}
