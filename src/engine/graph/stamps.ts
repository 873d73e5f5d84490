/** What a file looked like when its content was last taken in. It saves a read and is never trusted for content. */
export interface Stamp {
  /** Epoch milliseconds, possibly with a fraction. */
  readonly mtime: number;
  /** Bytes. */
  readonly size: number;
  /** Hash of the content, or of the part of it that matters. */
  readonly hash: string;
}

/** Stamps of canvases and notes by vault path. */
export class Stamps {
  private readonly byPath: Map<string, Stamp>;
  /** True when they changed since they were last saved. */
  private changed = false;

  constructor(saved: Iterable<readonly [string, Stamp]>) {
    this.byPath = new Map(saved);
  }

  get dirty(): boolean {
    return this.changed;
  }

  get(path: string): Stamp | null {
    return this.byPath.get(path) ?? null;
  }

  set(path: string, stamp: Stamp): void {
    const known = this.byPath.get(path);
    if (known !== undefined && known.mtime === stamp.mtime && known.size === stamp.size && known.hash === stamp.hash)
      return;
    this.byPath.set(path, stamp);
    this.changed = true;
  }

  forget(path: string): void {
    if (this.byPath.delete(path)) this.changed = true;
  }

  clear(): void {
    this.byPath.clear();
    this.changed = false;
  }

  entries(): readonly (readonly [string, Stamp])[] {
    return [...this.byPath];
  }

  /** What is saved from now on counts as saved; call it before the write, and `markDirty` when the write fails. */
  markSaved(): void {
    this.changed = false;
  }

  markDirty(): void {
    this.changed = true;
  }
}
