import { getFrontMatterInfo, parseYaml } from "obsidian";
import type { App, FileStats, TFile } from "obsidian";
import type { FileRead, JsonObject, VaultFile, VaultListing, VaultPort } from "../../engine/index";
import { plainProperties } from "./plainProperties";

const ATTEMPTS = 3;

/** The vault as Obsidian knows it. `captured` says which paths the user lets be read. */
export class ObsidianVaultFiles implements VaultPort {
  constructor(
    private readonly app: App,
    private readonly captured: (path: string) => boolean,
  ) {}

  excludes(path: string): boolean {
    return !this.captured(path);
  }

  list(): Promise<VaultListing> {
    const files = this.app.vault.getFiles().filter((file) => this.captured(file.path));
    return Promise.resolve({
      canvases: files.filter((file) => file.extension === "canvas").map(listed),
      notes: files.filter((file) => file.extension === "md").map(listed),
      unreadable: [],
    });
  }

  readCanvas(path: string): Promise<FileRead<string>> {
    return this.readSteady(path, (text) => text);
  }

  // Obsidian's own cache of properties does not say which text it was made of: beside the time and size of a newer one it
  // would pass for that one, and the note would never be looked at again.
  readProperties(path: string): Promise<FileRead<JsonObject>> {
    return this.readSteady(path, propertiesOf);
  }

  // Time and size must belong to the text that is returned: another program may write while we read.
  private async readSteady<T>(path: string, convert: (text: string) => T): Promise<FileRead<T>> {
    const file = this.app.vault.getFileByPath(path);
    if (file === null) return { kind: "missing" };
    const { adapter } = this.app.vault;
    try {
      // What Obsidian knows of the file may be old, but where it still holds after the read, it held before.
      let before: Pick<FileStats, "mtime" | "size"> = { ...file.stat };
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const text = await this.app.vault.read(file);
        const after = await adapter.stat(path);
        if (after === null) return { kind: "missing" };
        const isSteady = before.mtime === after.mtime && before.size === after.size;
        if (isSteady) return { kind: "read", content: convert(text), mtime: after.mtime, size: after.size };
        before = after;
      }
      return { kind: "unreadable", reason: "another program keeps changing it" };
    } catch (error) {
      if (!(await adapter.exists(path))) return { kind: "missing" };
      return { kind: "unreadable", reason: `it cannot be read (${error instanceof Error ? error.message : String(error)})` };
    }
  }
}

function listed(file: TFile): VaultFile {
  return { path: file.path, mtime: file.stat.mtime, size: file.stat.size };
}

function propertiesOf(text: string): JsonObject {
  const info = getFrontMatterInfo(text);
  if (!info.exists) return {};
  try {
    return plainProperties(parseYaml(info.frontmatter));
  } catch {
    return {};
  }
}
