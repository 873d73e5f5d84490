import { requireCanvasPath } from "../../src/engine/canvas/canvasPath";
import { keepNothing, type CanvasFiles, type KeepOld, type ProcessOutcome } from "../../src/engine/canvas/port";

/** Canvas files in memory, whole and unharmed. */
export class MemoryCanvasFiles implements CanvasFiles {
  private readonly texts: Map<string, string>;
  /** Paths in the order in which they were written by `process`. */
  readonly writes: string[] = [];

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  get paths(): readonly string[] {
    return [...this.texts.keys()];
  }

  /** What lies under a path, for the test. */
  peek(path: string): string | null {
    return this.texts.get(path) ?? null;
  }

  /** Somebody else writes a file. */
  put(path: string, text: string): void {
    this.texts.set(path, text);
  }

  async read(path: string): Promise<string | null> {
    const clean = requireCanvasPath(path);
    await Promise.resolve();
    return this.peek(clean);
  }

  async process(path: string, change: (text: string) => string, keep: KeepOld = keepNothing): Promise<ProcessOutcome> {
    const clean = requireCanvasPath(path);
    await Promise.resolve();
    for (;;) {
      const before = this.peek(clean);
      if (before === null) return { kind: "missing" };
      const after = change(before);
      if (after === before) return { kind: "unchanged" };
      await keep(before, after);
      if (this.peek(clean) !== before) continue;
      this.texts.set(clean, after);
      this.writes.push(clean);
      return { kind: "written" };
    }
  }

  /** Somebody else renames or removes (null) a file. */
  move(from: string, to: string | null): void {
    const text = this.texts.get(from);
    this.texts.delete(from);
    if (text !== undefined && to !== null) this.texts.set(to, text);
  }
}
