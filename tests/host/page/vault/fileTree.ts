import type { FsStat } from "../../protocol";
import { TFile, TFolder } from "./files";
import type { TAbstractFile } from "./files";
import type { ChangeKind } from "./knownFiles";
import type { Vault } from "./vault";

/** The tree of visible files in memory. It changes first, then its change is told. */
export class FileTree {
  readonly map = new Map<string, TAbstractFile>();
  readonly root: TFolder;

  constructor(
    private readonly vault: Vault,
    private readonly changed: (file: TFile) => void,
  ) {
    this.root = new TFolder(vault, "/");
    this.map.set("/", this.root);
  }

  onChange(kind: ChangeKind, path: string, oldPath: string | null, stat: FsStat | null): void {
    switch (kind) {
      case "raw":
        this.vault.trigger("raw", path);
        return;
      case "folder-created":
        this.added(new TFolder(this.vault, path));
        return;
      case "file-created":
        this.added(new TFile(this.vault, path), stat);
        return;
      case "modified":
        this.modified(path, stat);
        return;
      case "file-removed":
      case "folder-removed":
        this.removed(path);
        return;
      case "renamed":
        this.renamed(path, oldPath ?? "", true);
        return;
      case "moved-silently":
        this.renamed(path, oldPath ?? "", false);
    }
  }

  private added(file: TAbstractFile, stat: FsStat | null = null): void {
    if (file instanceof TFile && stat !== null) file.stat = statsOf(stat);
    this.map.set(file.path, file);
    this.attach(file);
    this.vault.trigger("create", file);
  }

  private modified(path: string, stat: FsStat | null): void {
    const file = this.map.get(path);
    if (!(file instanceof TFile)) return;
    if (stat !== null) file.stat = statsOf(stat);
    this.changed(file);
    this.vault.trigger("modify", file);
  }

  private removed(path: string): void {
    const file = this.map.get(path);
    if (file === undefined) return;
    this.map.delete(path);
    this.detach(file);
    file.deleted = true;
    this.vault.trigger("delete", file);
  }

  private renamed(path: string, oldPath: string, told: boolean): void {
    const file = this.map.get(oldPath);
    if (file === undefined) return;
    this.map.delete(oldPath);
    this.detach(file);
    file.setPath(path);
    this.map.set(path, file);
    this.attach(file);
    if (told) this.vault.trigger("rename", file, oldPath);
  }

  private attach(file: TAbstractFile): void {
    const at = file.path.lastIndexOf("/");
    const parent = at === -1 ? this.root : this.map.get(file.path.slice(0, at));
    file.parent = parent instanceof TFolder ? parent : null;
    file.parent?.children.push(file);
  }

  private detach(file: TAbstractFile): void {
    const parent = file.parent;
    if (parent !== null) parent.children = parent.children.filter((child) => child !== file);
    file.parent = null;
  }
}

function statsOf(stat: FsStat): { ctime: number; mtime: number; size: number } {
  return { ctime: stat.ctime, mtime: stat.mtime, size: stat.size };
}
