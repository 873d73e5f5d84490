/** Which canvases lie at a path. Two may, for a while: devices that never met each gave the file an identity. */
export class PathIndex {
  private readonly ids = new Map<string, Set<string>>();

  /** Null: at no path. */
  move(id: string, from: string | null, to: string | null): void {
    if (from === to) return;
    if (from !== null) this.leave(id, from);
    if (to !== null) this.enter(id, to);
  }

  at(path: string): Iterable<string> {
    return this.ids.get(path) ?? [];
  }

  clear(): void {
    this.ids.clear();
  }

  private enter(id: string, path: string): void {
    const known = this.ids.get(path);
    if (known === undefined) this.ids.set(path, new Set([id]));
    else known.add(id);
  }

  private leave(id: string, path: string): void {
    const known = this.ids.get(path);
    known?.delete(id);
    if (known?.size === 0) this.ids.delete(path);
  }
}
