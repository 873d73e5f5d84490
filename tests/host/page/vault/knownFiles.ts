import type { Assumptions, FsListing, FsStat } from "../../protocol";
import { isHiddenPath } from "../../hiddenPath";
import { callFs } from "../core/bridge";

export type ChangeKind =
  | "raw"
  | "file-created"
  | "folder-created"
  | "modified"
  | "file-removed"
  | "folder-removed"
  | "renamed"
  /** The path changed, but nobody is told. */
  | "moved-silently";

export type ChangeHandler = (kind: ChangeKind, path: string, oldPath: string | null, stat: FsStat | null) => void;

export function statOf(path: string): Promise<FsStat | null> {
  return callFs<FsStat | null>({ op: "stat", path });
}

/** What the adapter knows of the visible part of the disk, and the differences it reports when it looks again. */
export class KnownFiles {
  handler: ChangeHandler = () => undefined;
  private readonly files = new Map<string, FsStat>();

  constructor(private readonly order: Assumptions["folderRenameEvents"]) {}

  has(path: string): boolean {
    return this.files.has(path);
  }

  paths(): string[] {
    return [...this.files.keys()];
  }

  /** Compares one path with the disk. Hidden paths are never known, so they give only `raw`. */
  async reconcile(path: string): Promise<void> {
    if (path === "") return;
    this.handler("raw", path, null, null);
    if (isHiddenPath(path)) return;
    const known = this.files.get(path);
    const stat = await statOf(path);
    if (stat === null) {
      if (known !== undefined) this.forget(path);
      return;
    }
    await this.learnParents(path);
    if (known !== undefined && known.type !== stat.type) this.forget(path);
    this.learn(path, stat);
    if (stat.type === "folder" && known === undefined) await this.reconcileChildren(path);
  }

  /** Same time and same size count as the same file. */
  learn(path: string, stat: FsStat): void {
    const known = this.files.get(path);
    this.files.set(path, stat);
    if (known === undefined) {
      this.handler(stat.type === "folder" ? "folder-created" : "file-created", path, null, stat);
    } else if (stat.type === "file" && (known.mtime !== stat.mtime || known.size !== stat.size)) {
      this.handler("modified", path, null, stat);
    }
  }

  /** After the app itself has moved something. */
  async moved(from: string, to: string): Promise<void> {
    this.handler("raw", from, null, null);
    this.handler("raw", to, null, null);
    if (isHiddenPath(to)) {
      if (this.files.has(from)) this.forget(from);
      return;
    }
    if (!this.files.has(from)) {
      await this.reconcile(to);
      return;
    }
    const moves = [from, ...this.below(from)].map((one) => ({ from: one, to: to + one.slice(from.length) }));
    for (const move of moves) {
      const stat = this.files.get(move.from);
      this.files.delete(move.from);
      if (stat !== undefined) this.files.set(move.to, stat);
    }
    this.announceMoves(moves);
  }

  private async reconcileChildren(folder: string): Promise<void> {
    const listing = await callFs<FsListing>({ op: "list", path: folder });
    for (const child of [...listing.folders, ...listing.files]) await this.reconcile(child);
  }

  private async learnParents(path: string): Promise<void> {
    const parts = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const parent = parts.slice(0, depth).join("/");
      if (this.files.has(parent)) continue;
      const stat = await statOf(parent);
      if (stat !== null) this.learn(parent, stat);
    }
  }

  /** Children first, deepest first. */
  private forget(path: string): void {
    for (const one of [...this.below(path).reverse(), path]) {
      const stat = this.files.get(one);
      this.files.delete(one);
      if (stat !== undefined) this.handler(stat.type === "folder" ? "folder-removed" : "file-removed", one, null, null);
    }
  }

  private below(path: string): string[] {
    return this.paths().filter((one) => one.startsWith(`${path}/`)).sort();
  }

  private announceMoves(moves: readonly { from: string; to: string }[]): void {
    const [top, ...children] = moves;
    if (top === undefined) return;
    const tell = (move: { from: string; to: string }, kind: ChangeKind): void =>
      this.handler(kind, move.to, move.from, this.files.get(move.to) ?? null);
    if (this.order === "children-first") for (const child of children) tell(child, "renamed");
    tell(top, "renamed");
    if (this.order === "folder-first") for (const child of children) tell(child, "renamed");
    if (this.order === "folder-only") for (const child of children) tell(child, "moved-silently");
  }
}
