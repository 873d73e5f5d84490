import type { Engine, TaskKind } from "../../engine/index";

/** Kinds of tasks that other plugins bring. Every engine gets them: after a removal of data there is another one. */
export class AddedKinds {
  private readonly undos = new Map<TaskKind, () => void>();

  constructor(private readonly report: (what: string, error: unknown) => void) {}

  /** Throws RangeError where there is a kind of this name. Returns its own undo. */
  add(engine: Pick<Engine, "registerKind">, kind: TaskKind): () => void {
    this.undos.set(kind, engine.registerKind(kind));
    return () => {
      this.undos.get(kind)?.();
      this.undos.delete(kind);
    };
  }

  /** Another engine is open. */
  carryOver(engine: Pick<Engine, "registerKind">): void {
    for (const kind of [...this.undos.keys()]) {
      try {
        this.undos.set(kind, engine.registerKind(kind));
      } catch (error) {
        this.undos.delete(kind);
        this.report(`tasks of the kind ${kind.name} do not run`, error);
      }
    }
  }
}
