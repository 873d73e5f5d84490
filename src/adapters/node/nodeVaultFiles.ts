import { readFile, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Dirent } from "node:fs";
import type { FileRead, JsonObject, VaultFile, VaultListing, VaultPort } from "../../engine/index";
import { frontMatter } from "./frontMatter";
import { errorCode } from "./nodeStorageError";

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
    const walk = new Walk(this.root, await realpath(this.root));
    const { canvases, notes, unreadable } = await walk.run();
    const isListed = ({ path }: VaultFile): boolean => this.captured(path);
    return { canvases: canvases.filter(isListed), notes: notes.filter(isListed), unreadable };
  }

  readCanvas(path: string): Promise<FileRead<string>> {
    return this.readSteady(path, (text) => text);
  }

  readProperties(path: string): Promise<FileRead<JsonObject>> {
    return this.readSteady(path, frontMatter);
  }

  // A file may be replaced between the read and the stat; time and size must belong to the text that is returned.
  private async readSteady<T>(path: string, convert: (text: string) => T): Promise<FileRead<T>> {
    const file = join(this.root, path);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const before = await stat(file);
        const text = await readFile(file, "utf8");
        const after = await stat(file);
        const steady = before.mtimeMs === after.mtimeMs && before.size === after.size;
        if (steady || attempt === ATTEMPTS) {
          return { kind: "read", content: convert(text), mtime: after.mtimeMs, size: after.size };
        }
      }
    } catch (error) {
      return isMissing(error) ? { kind: "missing" } : { kind: "unreadable", reason: reasonOf(error) };
    }
  }
}

/** One pass over the folders. Links come last, so that a folder keeps its own path and is listed once. */
class Walk {
  private readonly canvases: VaultFile[] = [];
  private readonly notes: VaultFile[] = [];
  private readonly unreadable: { path: string; reason: string }[] = [];
  private readonly links: string[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly realRoot: string,
  ) {}

  async run(): Promise<VaultListing> {
    await this.folder("");
    for (let link = this.links.shift(); link !== undefined; link = this.links.shift()) await this.link(link);
    return { canvases: this.canvases, notes: this.notes, unreadable: this.unreadable };
  }

  private async folder(path: string): Promise<void> {
    try {
      const absolute = join(this.root, path);
      const real = await realpath(absolute);
      if (this.seen.has(real)) return;
      this.seen.add(real);
      const entries = await readdir(absolute, { withFileTypes: true });
      const listed = entries.filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules");
      await Promise.all(listed.filter((entry) => entry.isFile()).map((entry) => this.file(childPath(path, entry))));
      this.links.push(...listed.filter((entry) => entry.isSymbolicLink()).map((entry) => childPath(path, entry)));
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

  private async link(path: string): Promise<void> {
    try {
      const target = await realpath(join(this.root, path));
      if (!target.startsWith(this.realRoot + sep)) return;
      const kind = await stat(target);
      if (kind.isDirectory()) await this.folder(path);
      else if (kind.isFile()) await this.file(path);
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
  if (code === "ELOOP") return "a link that leads in a circle";
  return `it cannot be read (${code === "" ? String(error) : code})`;
}
