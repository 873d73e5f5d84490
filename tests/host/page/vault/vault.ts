import { isHiddenPath } from "../../hiddenPath";
import { Events } from "../core/events";
import { normalizePath } from "../core/normalizePath";
import { closed } from "../core/strict";
import { refuse } from "../core/violations";
import type { DataAdapterBase, DataWriteOptions } from "./adapter";
import { FileTree } from "./fileTree";
import { TFile, TFolder } from "./files";
import type { TAbstractFile } from "./files";

/** Texts above this are not cached. */
const CACHE_LIMIT = 65_536;
const BOM = "\ufeff";

/** The tree of visible files, and the events of its changes. Events fire after the tree has changed. */
export class Vault extends Events {
  adapter: DataAdapterBase;
  configDir = ".obsidian";
  fileMap: Map<string, TAbstractFile>;
  root: TFolder;
  private texts = new WeakMap<TFile, string>();

  constructor(adapter: DataAdapterBase) {
    super();
    this.adapter = adapter;
    const tree = new FileTree(this, (file) => {
      if (!file.saving) this.texts.delete(file);
    });
    this.fileMap = tree.map;
    this.root = tree.root;
    adapter.hostWatch((kind, path, oldPath, stat) => tree.onChange(kind, path, oldPath, stat));
  }

  getName(): string {
    return this.adapter.getName();
  }

  getRoot(): TFolder {
    return this.root;
  }

  getAbstractFileByPath(path: string): TAbstractFile | null {
    return this.fileMap.get(path) ?? null;
  }

  getFileByPath(path: string): TFile | null {
    const file = this.fileMap.get(path);
    return file instanceof TFile ? file : null;
  }

  getFolderByPath(path: string): TFolder | null {
    const file = this.fileMap.get(path);
    return file instanceof TFolder ? file : null;
  }

  getAllLoadedFiles(): TAbstractFile[] {
    return [...this.fileMap.values()];
  }

  getAllFolders(includeRoot = false): TFolder[] {
    const folders = [...this.fileMap.values()].filter((file): file is TFolder => file instanceof TFolder);
    return includeRoot ? folders : folders.filter((folder) => !folder.isRoot());
  }

  getFiles(): TFile[] {
    return [...this.fileMap.values()].filter((file): file is TFile => file instanceof TFile);
  }

  getMarkdownFiles(): TFile[] {
    return this.getFiles().filter((file) => file.extension === "md");
  }

  static recurseChildren(root: TFolder, cb: (file: TAbstractFile) => unknown): void {
    for (const queue: TAbstractFile[] = [root]; queue.length > 0; ) {
      const file = queue.pop();
      if (file === undefined) return;
      cb(file);
      if (file instanceof TFolder) queue.push(...file.children);
    }
  }

  async create(path: string, data: string, options?: DataWriteOptions): Promise<TFile> {
    return this.made(path, (target) => this.adapter.write(target, data, options));
  }

  async createBinary(path: string, data: ArrayBuffer, options?: DataWriteOptions): Promise<TFile> {
    return this.made(path, (target) => this.adapter.writeBinary(target, data, options));
  }

  async createFolder(path: string): Promise<TFolder> {
    const target = this.newPath(path);
    if (await this.adapter.exists(target)) throw new Error("Folder already exists.");
    await this.adapter.mkdir(target);
    return this.getFolderByPath(target) ?? refuse(`createFolder made no folder: '${target}'`);
  }

  async read(file: TFile): Promise<string> {
    const text = await this.adapter.read(file.path);
    return this.remember(file, text.startsWith(BOM) ? text.slice(1) : text);
  }

  /** May be older than the disk until the app has noticed a change. */
  async cachedRead(file: TFile): Promise<string> {
    return this.texts.get(file) ?? this.read(file);
  }

  async readBinary(file: TFile): Promise<ArrayBuffer> {
    return this.adapter.readBinary(file.path);
  }

  getResourcePath(file: TFile): string {
    return this.adapter.getResourcePath(file.path);
  }

  async modify(file: TFile, data: string, options?: DataWriteOptions): Promise<void> {
    const immediate = (text: string): void => void this.remember(file, text);
    await this.saving(file, () => this.adapter.write(file.path, data, { ...options, immediate }));
  }

  async modifyBinary(file: TFile, data: ArrayBuffer, options?: DataWriteOptions): Promise<void> {
    await this.saving(file, () => this.adapter.writeBinary(file.path, data, options));
  }

  async append(file: TFile, data: string, options?: DataWriteOptions): Promise<void> {
    this.texts.delete(file);
    await this.saving(file, () => this.adapter.append(file.path, data, options));
  }

  async appendBinary(file: TFile, data: ArrayBuffer, options?: DataWriteOptions): Promise<void> {
    await this.saving(file, () => this.adapter.appendBinary(file.path, data, options));
  }

  async process(file: TFile, fn: (data: string) => string, options?: DataWriteOptions): Promise<string> {
    const immediate = (text: string): void => void this.remember(file, text);
    return this.saving(file, () => this.adapter.process(file.path, fn, { ...options, immediate }));
  }

  async rename(file: TAbstractFile, newPath: string): Promise<void> {
    await this.adapter.rename(file.path, normalizePath(newPath));
  }

  async copy<T extends TAbstractFile>(file: T, newPath: string): Promise<T> {
    if (!(file instanceof TFile)) refuse("vault.copy of a folder is not on this host");
    const target = this.newPath(newPath);
    await this.adapter.copy(file.path, target);
    return this.getAbstractFileByPath(target) as T;
  }

  async delete(file: TAbstractFile, force = false): Promise<void> {
    if (file instanceof TFolder) await this.adapter.rmdir(file.path, force);
    else await this.adapter.remove(file.path);
  }

  async trash(file: TAbstractFile, system: boolean): Promise<void> {
    if (system && (await this.adapter.trashSystem(file.path))) return;
    await this.adapter.trashLocal(file.path);
  }

  getAvailablePath(path: string, extension: string): string {
    const end = extension === "" ? "" : `.${extension}`;
    let candidate = path + end;
    for (let n = 1; this.fileMap.has(candidate); n += 1) candidate = `${path} ${n}${end}`;
    return candidate;
  }

  /** Host only: null when the file is not there, undefined when it is no JSON. */
  async readJson(path: string): Promise<unknown> {
    let text: string;
    try {
      text = await this.adapter.read(path);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      console.error(error);
      return undefined;
    }
  }

  /** Host only: as the app does, an error is logged and swallowed. */
  async writeJson(path: string, data: unknown, options?: DataWriteOptions): Promise<void> {
    try {
      await this.adapter.write(path, JSON.stringify(data, undefined, 2), options);
    } catch (error) {
      console.error(error);
    }
  }

  private async made(path: string, write: (target: string) => Promise<void>): Promise<TFile> {
    const target = this.newPath(path);
    if (await this.adapter.exists(target)) throw new Error("File already exists.");
    await write(target);
    return this.getFileByPath(target) ?? refuse(`create made no file: '${target}'`);
  }

  private newPath(path: string): string {
    const target = normalizePath(path);
    if (isHiddenPath(target)) refuse(`the vault does not hold hidden files, use the adapter: '${target}'`);
    if (target.includes(":")) throw new Error("File name cannot contain any of the following characters: \\ / :");
    return target;
  }

  private async saving<T>(file: TFile, work: () => Promise<T>): Promise<T> {
    file.saving = true;
    try {
      return await work();
    } finally {
      file.saving = false;
    }
  }

  private remember(file: TFile, text: string): string {
    if (text.length <= CACHE_LIMIT) this.texts.set(file, text);
    else this.texts.delete(file);
    return text;
  }
}
closed(Vault);
