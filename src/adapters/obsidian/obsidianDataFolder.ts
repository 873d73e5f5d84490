import type { DataAdapter } from "obsidian";
import type { DataFolder, FolderListing } from "../../engine/index";
import { storageError } from "./storageFault";

type Adapter = Pick<DataAdapter, "append" | "exists" | "list" | "mkdir" | "read" | "remove" | "rmdir" | "stat" | "write">;

/**
 * The plugin's folder through Obsidian's adapter. There is no fsync there: what is appended survives the app, not a
 * power cut within the system's write delay.
 */
export class ObsidianDataFolder implements DataFolder {
  /** Folders that are there or being made, by their vault path. */
  private readonly made = new Map<string, Promise<void>>();

  /** `root` is a vault path such as the plugin's own folder. */
  constructor(
    private readonly adapter: Adapter,
    private readonly root: string,
  ) {}

  async list(path: string): Promise<FolderListing> {
    const folder = this.full(path);
    return this.attempt(path, async () => {
      if ((await this.adapter.stat(folder))?.type !== "folder") return { files: [], folders: [] };
      const listed = await this.adapter.list(folder);
      const files = await Promise.all(listed.files.map((file) => this.sized(file)));
      return { files: files.filter((file) => file !== null), folders: listed.folders.map(nameOf) };
    });
  }

  async read(path: string): Promise<string | null> {
    const file = this.full(path);
    return this.attempt(path, async () => {
      try {
        return await this.adapter.read(file);
      } catch (error) {
        if (await this.adapter.exists(file)) throw error;
        return null;
      }
    });
  }

  // The adapter reads whole files only; no file of ours is larger than a journal segment.
  async *stream(path: string, from = 0): AsyncIterable<string> {
    const whole = await this.read(path);
    const text = whole === null || from === 0 ? whole : textBehind(whole, from);
    if (text !== null && text !== "") yield text;
  }

  async append(path: string, text: string): Promise<void> {
    await this.change(path, () => this.adapter.append(this.full(path), text));
  }

  async write(path: string, text: string): Promise<void> {
    await this.change(path, () => this.adapter.write(this.full(path), text));
  }

  async remove(path: string): Promise<void> {
    const file = this.full(path);
    await this.attempt(path, async () => {
      if (await this.adapter.exists(file)) await this.adapter.remove(file);
    });
  }

  /** Removes a folder with everything in it; one that does not exist is fine. */
  async removeFolder(path: string): Promise<void> {
    const folder = this.full(path);
    this.made.clear();
    await this.attempt(path, async () => {
      if (await this.adapter.exists(folder)) await this.adapter.rmdir(folder, true);
    });
  }

  // Somebody may have removed the folder since it was made: one more attempt with fresh folders.
  private async change(path: string, run: () => Promise<void>): Promise<void> {
    await this.attempt(path, async () => {
      await this.makeFolders(path);
      try {
        await run();
      } catch (error) {
        if (storageError(error, path).fault !== "gone") throw error;
        this.made.clear();
        await this.makeFolders(path);
        await run();
      }
    });
  }

  // All who wait for one folder go on in the order in which they came, so that appends keep theirs.
  private makeFolders(path: string): Promise<void> {
    const folder = this.full(path).split("/").slice(0, -1).join("/");
    return this.folderReady(folder);
  }

  private folderReady(folder: string): Promise<void> {
    const known = this.made.get(folder);
    if (known !== undefined) return known;
    const made = this.makeFolder(folder);
    this.made.set(folder, made);
    made.catch(() => this.made.delete(folder));
    return made;
  }

  // The adapter may refuse to make more than one level, and another writer may make the same folder at the same time:
  // what counts is that it is there in the end.
  private async makeFolder(folder: string): Promise<void> {
    if (await this.adapter.exists(folder)) return;
    const parent = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
    if (parent !== "") await this.folderReady(parent);
    try {
      await this.adapter.mkdir(folder);
    } catch (error) {
      if (!(await this.adapter.exists(folder))) throw error;
    }
  }

  private async sized(file: string): Promise<{ readonly name: string; readonly size: number } | null> {
    const stat = await this.adapter.stat(file);
    return stat === null ? null : { name: nameOf(file), size: stat.size };
  }

  private full(path: string): string {
    return path === "" ? this.root : `${this.root}/${path}`;
  }

  private async attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storageError(error, path);
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What stands behind so many bytes of a text. */
function textBehind(text: string, bytes: number): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text).subarray(bytes));
}
