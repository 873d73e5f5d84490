import type { Clock, Random } from "../../../src/engine/index";

/** Who made the text that lies on the disk. */
export type Author = "view" | "plugin" | "other program";

export interface ModelFile {
  path: string;
  readonly extension: string;
}

/**
 * Files as the app has them: one queue for reads and writes, each of which takes some milliseconds, and news of another
 * program's change a moment after it. A model of what matters to who writes canvases, without a page.
 */
export class ModelVault {
  readonly adapter = {
    read: (path: string): Promise<string> => this.inQueue(() => this.text(path)),
    exists: (path: string): Promise<boolean> => this.inQueue(() => this.texts.has(path)),
    write: (path: string, text: string): Promise<void> => this.inQueue(() => void this.texts.set(path, text)),
    remove: (path: string): Promise<void> => this.inQueue(() => void this.texts.delete(path)),
  };
  private readonly files = new Map<string, ModelFile>();
  private readonly texts = new Map<string, string>();
  private readonly authors = new Map<string, Author>();
  private readonly listeners = new Set<(file: ModelFile) => void>();
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  getFileByPath(path: string): ModelFile | null {
    return this.files.get(path) ?? null;
  }

  /** The text on the disk, for the test. */
  text(path: string): string {
    return this.texts.get(path) ?? "";
  }

  author(path: string): Author {
    return this.authors.get(path) ?? "other program";
  }

  onModify(listener: (file: ModelFile) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  process(file: ModelFile, change: (text: string) => string): Promise<string> {
    return this.inQueue(async () => {
      const before = this.text(file.path);
      const after = change(before);
      if (after === before) return after;
      await this.pause(3);
      this.put(file, after, "plugin");
      return after;
    });
  }

  /** `over` is told of the text that is written over. */
  modify(file: ModelFile, text: string, author: Author, over: (disk: string, by: Author) => void): Promise<void> {
    return this.inQueue(() => {
      over(this.text(file.path), this.author(file.path));
      this.put(file, text, author);
    });
  }

  /**
   * Another program changes a file. It comes between the app's own steps: what it wrote between the app's read and its
   * write of one step would be lost whatever a plugin does.
   */
  async byOtherProgram(path: string, change: (text: string) => string): Promise<void> {
    while (this.waiting > 0) await this.pause(3);
    const file = this.files.get(path) ?? { path, extension: "canvas" };
    this.files.set(path, file);
    this.put(file, change(this.text(path)), "other program");
  }

  async pause(upTo: number): Promise<void> {
    const ms = Math.ceil(this.random.next() * upTo);
    await new Promise<void>((resolve) => this.clock.after(ms, resolve));
  }

  private put(file: ModelFile, text: string, author: Author): void {
    this.texts.set(file.path, text);
    this.authors.set(file.path, author);
    const tell = (): void => {
      for (const listener of [...this.listeners]) listener(file);
    };
    // Of its own writes the app tells at once; others it notices by and by.
    if (author === "other program") this.clock.after(Math.ceil(this.random.next() * 60), tell);
    else tell();
  }

  private inQueue<T>(work: () => T | Promise<T>): Promise<T> {
    this.waiting += 1;
    const result = this.last.then(async () => {
      await this.pause(4);
      return work();
    });
    this.last = result.then(
      () => void (this.waiting -= 1),
      () => void (this.waiting -= 1),
    );
    return result;
  }
}
