/** Which canvases lie at a path. Two may, for a while: devices that never met each gave the file an identity. */
export class PathIndex {
  private readonly ids = new Map<string, Set<string>>();
  private readonly shared = new Set<string>();

  /** Null: at no path. */
  move(id: string, from: string | null, to: string | null): void {
    if (from === to) return;
    if (from !== null) this.leave(id, from);
    if (to !== null) this.enter(id, to);
  }

  at(path: string): Iterable<string> {
    return this.ids.get(path) ?? [];
  }

  /** Paths at which more than one canvas lies. */
  contested(): Iterable<string> {
    return this.shared;
  }

  clear(): void {
    this.ids.clear();
    this.shared.clear();
  }

  private enter(id: string, path: string): void {
    const known = this.ids.get(path);
    if (known === undefined) this.ids.set(path, new Set([id]));
    else if (known.add(id).size > 1) this.shared.add(path);
  }

  private leave(id: string, path: string): void {
    const known = this.ids.get(path);
    known?.delete(id);
    if (known === undefined || known.size > 1) return;
    this.shared.delete(path);
    if (known.size === 0) this.ids.delete(path);
  }
}
