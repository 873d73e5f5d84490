import type { Cancel, Clock } from "../../kernel/clock";
import { StorageError } from "../../journal/port";
import { createSerial } from "../../kernel/serial";
import { hostWaitMs } from "../hostWaitMs";
import type { OpenWork } from "../record/openWork";

/** Something to do with a file of the vault. It can be done twice without harm. */
export interface FileTask {
  readonly kind: "look" | "rename";
  /** Of two tasks that wait under one key the later one is enough. */
  readonly key: string;
  readonly path: string;
  readonly run: () => Promise<unknown>;
}

export interface FileTasksParts {
  readonly clock: Clock;
  readonly work: OpenWork;
  /** The journal could not take a change in. It is tried again until it can. */
  readonly onTrouble: (path: string, error: unknown) => void;
}

/** Does what is to be done with files, and does it again where the host could not keep what came of it. */
export class FileTasks {
  private readonly waiting = new Map<string, FileTask>();
  private readonly rounds = createSerial();
  private retry: Cancel | null = null;
  private failures = 0;
  private ended = false;

  constructor(private readonly parts: FileTasksParts) {}

  /** Files that wait for another try. */
  get paths(): readonly string[] {
    return [...this.waiting.values()].map((task) => task.path);
  }

  /** Resolves when it is done or waits for another try. Rejects with anything but StorageError. */
  async do(task: FileTask): Promise<void> {
    if (this.ended) return;
    if (this.renameWaits()) {
      // To the end of the line: a canvas that moved back and forth is done in the order of its moves.
      this.waiting.delete(task.key);
      this.waiting.set(task.key, task);
      return this.again();
    }
    await this.attempt(task);
  }

  /**
   * Does something with a file for somebody who waits for its result, and once only. Rejects with StorageError also where
   * a rename waits: a look past one that is not journaled yet would take the new path for a new canvas.
   */
  async once<T>(run: () => Promise<T>): Promise<T> {
    if (this.renameWaits()) await this.again();
    if (this.renameWaits()) throw new StorageError("other", "a rename is not journaled yet");
    return this.parts.work.run(run);
  }

  /** Tries what waits, now. */
  again(): Promise<void> {
    this.retry?.();
    this.retry = null;
    return this.rounds(() => this.round());
  }

  /** Forgets what waits, and takes no more. */
  end(): void {
    this.ended = true;
    this.retry?.();
    this.retry = null;
    this.waiting.clear();
  }

  private async round(): Promise<void> {
    for (const task of [...this.waiting.values()]) {
      await this.attempt(task).catch((error: unknown) => this.parts.onTrouble(task.path, error));
      // A look past a rename that is not journaled yet would take the new path for a new canvas.
      if (task.kind === "rename" && this.waiting.get(task.key) === task) return;
    }
  }

  private async attempt(task: FileTask): Promise<void> {
    try {
      await this.parts.work.run(task.run);
      this.failures = 0;
      this.leave(task);
    } catch (error) {
      if (this.ended) return;
      if (!(error instanceof StorageError)) {
        this.leave(task);
        throw error;
      }
      this.parts.onTrouble(task.path, error);
      if (!this.waiting.has(task.key)) this.waiting.set(task.key, task);
      this.planAgain();
    }
  }

  private leave(task: FileTask): void {
    if (this.waiting.get(task.key) === task) this.waiting.delete(task.key);
  }

  // What fails while a try is planned already belongs to the same failure: many files must not make the wait longer.
  private planAgain(): void {
    if (this.retry !== null) return;
    const wait = hostWaitMs(this.failures);
    this.failures += 1;
    // A round reports its own trouble and never rejects.
    this.retry = this.parts.clock.after(wait, () => void this.again());
  }

  private renameWaits(): boolean {
    return [...this.waiting.values()].some((task) => task.kind === "rename");
  }
}
