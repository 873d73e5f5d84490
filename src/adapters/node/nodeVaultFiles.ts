import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Dirent } from "node:fs";
import type { FileRead, JsonObject, VaultFile, VaultListing, VaultPort } from "../../engine/index";
import { frontMatter } from "./frontMatter";
import { errorCode } from "./nodeStorageError";
import { isHidden, ownFile } from "./ownFile";

const ATTEMPTS = 3;

/** Reads a vault folder of this machine. `root` must exist; `captured` says which paths the user lets be read. */
export class NodeVaultFiles implements VaultPort {
  constructor(
    private readonly root: string,
    private readonly captured: (path: string) => boolean,
  ) {}

  excludes(path: string): boolean {
    return !this.captured(path);
  }

  async list(): Promise<VaultListing> {
    // A vault that is gone is no empty one.
    await stat(this.root);
    const { canvases, notes, unreadable } = await new Walk(this.root).run();
    const isListed = ({ path }: VaultFile): boolean => this.captured(path);
    return { canvases: canvases.filter(isListed), notes: notes.filter(isListed), unreadable };
  }

  readCanvas(path: string): Promise<FileRead<string>> {
    return this.readSteady(path, (text) => text);
  }

  readProperties(path: string): Promise<FileRead<JsonObject>> {
    return this.readSteady(path, frontMatter);
  }

  private async readSteady<T>(path: string, convert: (text: string) => T): Promise<FileRead<T>> {
    try {
      const file = await ownFile(this.root, path);
      if (file === null) return { kind: "missing" };
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const read = await readOnce(file);
        if (read !== null) return { ...read, content: convert(read.content) };
      }
      return { kind: "unreadable", reason: "another program keeps changing it" };
    } catch (error) {
      return isMissing(error) ? { kind: "missing" } : { kind: "unreadable", reason: reasonOf(error) };
    }
  }
}

/**
 * The text of a file with its time and size, or null when it was written meanwhile: a time that is later than the text
 * would make the next scan take the file for known.
 */
async function readOnce(file: string): Promise<Extract<FileRead<string>, { kind: "read" }> | null> {
  const before = await stat(file);
  const bytes = await readFile(file);
  const after = await stat(file);
  const isSteady = before.mtimeMs === after.mtimeMs && before.size === after.size && bytes.length === after.size;
  return isSteady ? { kind: "read", content: bytes.toString("utf8"), mtime: after.mtimeMs, size: after.size } : null;
}

/** One pass over the folders of a vault. */
class Walk {
  private readonly canvases: VaultFile[] = [];
  private readonly notes: VaultFile[] = [];
  private readonly unreadable: { path: string; reason: string }[] = [];

  constructor(private readonly root: string) {}

  async run(): Promise<VaultListing> {
    await this.folder("");
    return { canvases: this.canvases, notes: this.notes, unreadable: this.unreadable };
  }

  private async folder(path: string): Promise<void> {
    try {
      const entries = await readdir(join(this.root, path), { withFileTypes: true });
      const listed = entries.filter((entry) => !isHidden(entry.name));
      // A link is neither a file nor a folder here: see `ownFile`.
      await Promise.all(listed.filter((entry) => entry.isFile()).map((entry) => this.file(childPath(path, entry))));
      for (const entry of listed.filter((one) => one.isDirectory())) await this.folder(childPath(path, entry));
    } catch (error) {
      this.unreadable.push({ path: path === "" ? "/" : path, reason: reasonOf(error) });
    }
  }

  private async file(path: string): Promise<void> {
    const list = path.endsWith(".canvas") ? this.canvases : path.endsWith(".md") ? this.notes : null;
    if (list === null) return;
    try {
      const { mtimeMs, size } = await stat(join(this.root, path));
      list.push({ path, mtime: mtimeMs, size });
    } catch (error) {
      if (!isMissing(error)) this.unreadable.push({ path, reason: reasonOf(error) });
    }
  }
}

function childPath(folder: string, entry: Dirent): string {
  return folder === "" ? entry.name : `${folder}/${entry.name}`;
}

function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === "EACCES" || code === "EPERM") return "no permission to read it";
  if (code === "EISDIR") return "it is a folder, not a file";
  return `it cannot be read (${code === "" ? String(error) : code})`;
}
