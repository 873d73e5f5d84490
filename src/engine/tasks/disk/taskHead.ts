import type { Cancel, Clock } from "../../kernel/clock";
import { isJsonObject, type JsonObject } from "../../kernel/json";
import type { AlternatingFile } from "../../journal/alternatingFile";
import { isCount } from "../state/readFields";
import { readState, stateJson } from "../state/stateJson";
import type { TaskState } from "../state/taskState";

/** A task as its head on disk has it. */
export interface Head {
  readonly state: TaskState;
  /** The last fact that is in it. */
  readonly last: number;
  /** Its end was told, and nothing is under way: the log need not be read. */
  readonly settled: boolean;
  /** Its end was told; what the log has behind `last` came later. */
  readonly told: boolean;
  /** A person let it go. */
  readonly forgotten: boolean;
}

/** Milliseconds between two heads while items end. */
const HEAD_MS = 2_000;

/**
 * The head of one task: where it stands, at most every two seconds while it runs, and once more when its end was told.
 * Only the head of a settled task stands for its log; others are for those who want to know without reading it.
 */
export class TaskHead {
  private timer: Cancel | null = null;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly parts: {
      readonly clock: Clock;
      readonly file: AlternatingFile;
      readonly head: () => Head;
      readonly retryDelayMs: (failures: number) => number;
      readonly onTrouble: (error: unknown) => void;
    },
  ) {}

  changed(): void {
    if (this.closed) return;
    this.timer ??= this.parts.clock.after(HEAD_MS, () => this.writeLater());
  }

  /** Rejects with StorageError; it is then tried again. */
  async write(): Promise<void> {
    this.cancel();
    const head = this.parts.head();
    try {
      await this.parts.file.write(JSON.stringify(headJson(head)));
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (!this.closed) this.timer ??= this.parts.clock.after(this.parts.retryDelayMs(this.failures), () => this.writeLater());
      throw error;
    }
  }

  /** Writes now what it would write later. Rejects with StorageError. */
  async flush(): Promise<void> {
    if (this.timer !== null) await this.write();
  }

  /** Plans nothing more. */
  close(): void {
    this.closed = true;
    this.cancel();
  }

  private writeLater(): void {
    this.timer = null;
    this.write().catch((error: unknown) => this.parts.onTrouble(error));
  }

  private cancel(): void {
    this.timer?.();
    this.timer = null;
  }
}

function headJson({ state, ...rest }: Head): JsonObject {
  return { ...rest, state: stateJson(state) };
}

/** The head that a file has; null when it has none that can be read. Rejects with StorageError. */
export async function readHead(file: AlternatingFile): Promise<Head | null> {
  const found = await file.read();
  if (found === null) return null;
  const value: unknown = JSON.parse(found.text);
  if (!isJsonObject(value)) return null;
  const { last, settled, told, forgotten } = value;
  const state = readState(value["state"]);
  if (state === null || !isCount(last)) return null;
  return { state, last, settled: settled === true, told: told === true, forgotten: forgotten === true };
}
