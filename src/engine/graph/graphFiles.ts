import type { Hasher } from "../kernel/hash";
import type { AlternatingFile } from "../journal/alternatingFile";
import type { DataFolder } from "../journal/port";

/** Two files that take turns, as the journal stage makes them. */
export type CreateAlternatingFile = (folder: DataFolder, basePath: string, hasher: Hasher) => AlternatingFile;

export interface GraphFolder {
  readonly folder: DataFolder;
  /** Folder of the checkpoint, such as `devices/<device>/graph`. */
  readonly base: string;
  readonly hasher: Hasher;
  readonly createAlternatingFile: CreateAlternatingFile;
}

const INDEX = "index";
const SUBJECTS = "subjects";
const STAMPS = "stamps";
/** What the ids of canvases look like where this vault's devices minted them. */
const PLAIN_ID = /^[0-9a-f]{16,64}$/;

/** The files of the checkpoint. */
export class GraphFiles {
  constructor(private readonly parts: GraphFolder) {}

  index(): AlternatingFile {
    return this.file(INDEX);
  }

  subjects(): AlternatingFile {
    return this.file(SUBJECTS);
  }

  stamps(): AlternatingFile {
    return this.file(STAMPS);
  }

  canvas(id: string): AlternatingFile {
    return this.file(this.canvasName(id));
  }

  /** Says of canvas ids whether they have a file, whole or not. */
  async present(): Promise<(id: string) => boolean> {
    const { files } = await this.parts.folder.list(this.parts.base);
    const names = new Set(files.map(({ name }) => stem(name)));
    return (id) => names.has(this.canvasName(id));
  }

  /** Removes everything. The index goes first: without it whatever else is left counts for nothing. */
  async removeAll(): Promise<void> {
    const { folder, base } = this.parts;
    const names = (await folder.list(base)).files.map(({ name }) => name);
    const ordered = [...names.filter((name) => stem(name) === INDEX), ...names.filter((name) => stem(name) !== INDEX)];
    for (const name of ordered) await folder.remove(`${base}/${name}`);
  }

  // An id from another device's journal may hold anything: only plain ones become part of a path.
  private canvasName(id: string): string {
    return PLAIN_ID.test(id) ? id : `x${this.parts.hasher.sha256(id)}`;
  }

  private file(name: string): AlternatingFile {
    const { folder, base, hasher, createAlternatingFile } = this.parts;
    return createAlternatingFile(folder, `${base}/${name}`, hasher);
  }
}

function stem(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}
