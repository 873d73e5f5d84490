import type { Cancel, Clock } from "../../kernel/clock";
import { isJsonObject, type JsonObject } from "../../kernel/json";
import { reasonOf } from "../../kernel/reasonOf";
import type { SealedLog } from "../../journal/sealedLog";
import { isCount } from "../state/readFields";
import { readTaskFact } from "../state/readTaskFact";
import type { TaskFact } from "../state/taskFact";

export interface FactLogParts {
  readonly clock: Clock;
  readonly log: SealedLog;
  /** Milliseconds until a failed append is tried again, after so many failures in a row. */
  readonly retryDelayMs: (failures: number) => number;
  /** Why nothing can be kept at the moment; null once it can again. */
  readonly onTrouble: (reason: string | null) => void;
}

export interface PlacedFact {
  readonly fact: TaskFact;
  readonly number: number;
  /** Bytes of the log's file. */
  readonly start: number;
  readonly end: number;
}

/** What reading a log came to. */
export interface FactReading {
  /** The number of the last fact, 0 without any. */
  readonly last: number;
  /** Facts that are gone or damaged. */
  readonly lost: number;
}

/** The fact is not kept, because the tasks are stopped. What it was about is sorted out at the next start. */
export class LogClosed extends Error {
  override readonly name = "LogClosed";

  constructor() {
    super("The tasks are stopped.");
  }
}

interface Entry {
  readonly line: JsonObject;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The facts of one task on disk, in order. Facts that come while an append is under way leave together with the next
 * one. A failed append is tried again until it works, so no fact is lost while the process lives; as any prefix of it
 * may stand already, facts are numbered and a number counts once.
 */
export class FactLog {
  private queue: Entry[] = [];
  private writing: Promise<void> | null = null;
  private timer: Cancel | null = null;
  private failures = 0;
  private lastFailure = new Error("Nothing failed yet.");
  private closed = false;
  private next = 1;

  constructor(private readonly parts: FactLogParts) {}

  /** The number of the last fact that was added or read. */
  get last(): number {
    return this.next - 1;
  }

  /** Facts up to this number are known from elsewhere: new ones get numbers behind it. */
  numberBehind(last: number): void {
    this.next = Math.max(this.next, last + 1);
  }

  /** Tells every fact that is whole, oldest first. Must end before the first `append`. Rejects with StorageError. */
  async read(onFact: (fact: TaskFact, number: number) => void): Promise<FactReading> {
    let last = 0;
    let lost = 0;
    await this.parts.log.read((line) => {
      const { n } = line;
      if (!isCount(n) || n <= last) return;
      lost += n - last - 1;
      last = n;
      const fact = readTaskFact(line);
      if (fact === null) lost += 1;
      else onFact(fact, n);
    });
    this.numberBehind(last);
    return { last, lost };
  }

  /** Every fact that is on disk, at the reader's own pace. Rejects with StorageError. */
  async *stream(): AsyncIterable<TaskFact> {
    let last = 0;
    for await (const line of this.parts.log.stream()) {
      const { n } = line;
      if (!isCount(n) || n <= last) continue;
      last = n;
      const fact = readTaskFact(line);
      if (fact !== null) yield fact;
    }
  }

  /** The same from a place on, with places; see `SealedLog.placed`. `last` is the number of the last fact before it. */
  async *placed(from: number, last: number): AsyncIterable<PlacedFact | "unplaced"> {
    let behind = last;
    for await (const line of this.parts.log.placed(from)) {
      if (line === "unplaced") {
        yield line;
        return;
      }
      const { n } = line.value;
      if (!isCount(n) || n <= behind) continue;
      behind = n;
      const fact = readTaskFact(line.value);
      if (fact !== null) yield { fact, number: n, start: line.start, end: line.end };
    }
  }

  /** Adds a fact without waiting for it. */
  add(fact: TaskFact): void {
    // Trouble is told by `onTrouble`, and the fact is written once there is none.
    this.append(fact).catch(() => undefined);
  }

  /**
   * Resolves when the fact is as safe as the host makes it. Rejects with StorageError when it could not be written at
   * once; it stays in its place and is tried again. Rejects with LogClosed after the end.
   */
  append(fact: TaskFact): Promise<void> {
    if (this.closed) return Promise.reject(new LogClosed());
    const copy: unknown = fact;
    const line = { n: this.next, ...(isJsonObject(copy) ? copy : {}) };
    this.next += 1;
    return new Promise((resolve, reject) => {
      this.queue.push({ line, resolve, reject });
      if (this.timer === null) this.write();
      else reject(this.lastFailure);
    });
  }

  /** Resolves when everything that was added is on disk, or with false when it cannot be written at the moment. */
  async flush(): Promise<boolean> {
    if (this.timer !== null) this.tryNow();
    while (this.writing !== null) await this.writing;
    return this.queue.length === 0;
  }

  /** Writes nothing from now on but what is under way. */
  close(): void {
    this.closed = true;
    this.timer?.();
    this.timer = null;
    for (const entry of this.queue) entry.reject(new LogClosed());
    this.queue = [];
  }

  private tryNow(): void {
    this.timer?.();
    this.timer = null;
    this.write();
  }

  private write(): void {
    if (this.writing !== null || this.timer !== null || this.queue.length === 0) return;
    this.writing = this.drain();
  }

  private async drain(): Promise<void> {
    // Whatever is added in this same turn leaves together.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const group = this.queue;
      this.queue = [];
      try {
        await this.parts.log.append(group.map(({ line }) => line));
      } catch (error) {
        this.failed(group, error);
        break;
      }
      for (const entry of group) entry.resolve();
      if (this.failures > 0) this.parts.onTrouble(null);
      this.failures = 0;
    }
    // In the same turn as the last look at the queue: a fact that is added later finds that nobody writes.
    this.writing = null;
  }

  private failed(group: readonly Entry[], error: unknown): void {
    this.failures += 1;
    this.lastFailure = error instanceof Error ? error : new Error(reasonOf(error));
    // Nobody waits for a disk that may be full for long: what is behind the group is told with it.
    const entries = [...group, ...this.queue];
    if (!this.closed) {
      this.queue = entries;
      this.timer = this.parts.clock.after(this.parts.retryDelayMs(this.failures), () => this.tryNow());
      this.parts.onTrouble(reasonOf(error));
    }
    for (const entry of entries) entry.reject(this.lastFailure);
  }
}
