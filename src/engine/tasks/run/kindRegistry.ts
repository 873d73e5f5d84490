import type { TaskKind } from "../kind";

/** The kinds of tasks that can run now. They may come and go while tasks of them wait. */
export class KindRegistry {
  private readonly kinds = new Map<string, TaskKind>();
  private listener: () => void = () => undefined;

  get(name: string): TaskKind | null {
    return this.kinds.get(name) ?? null;
  }

  names(): readonly string[] {
    return [...this.kinds.keys()].sort();
  }

  /**
   * Tasks of this kind can run from now on; the undo ends that, and lets what runs come to its end. Throws RangeError
   * when there is one of that name.
   */
  register(kind: TaskKind): () => void {
    if (this.kinds.has(kind.name)) throw new RangeError(`A kind of task is registered as "${kind.name}" already.`);
    this.kinds.set(kind.name, kind);
    this.listener();
    return () => {
      if (this.kinds.get(kind.name) !== kind) return;
      this.kinds.delete(kind.name);
      this.listener();
    };
  }

  /** Who is told of each change; there is one. */
  watch(listener: () => void): void {
    this.listener = listener;
  }
}
