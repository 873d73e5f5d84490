import { calmGuard, type DeletionGuard } from "../../canvas/deletionGuard";
import { isJsonObject } from "../../kernel/json";
import { createSerial, type Serial } from "../../kernel/serial";

/** Keeps one small text safely, such as the journal stage's alternating file. */
export interface SmallFile {
  read(): Promise<{ readonly text: string } | null>;
  write(text: string): Promise<void>;
}

interface Memory {
  readonly indexed: boolean;
  readonly guard: DeletionGuard;
  /** The names of properties that the last scan looked for in every note; null: some were left out. */
  readonly properties: string | null;
}

/** What a scan that is over leaves for the next. */
export interface ScanResult {
  readonly guard: DeletionGuard;
  /** Everything was looked at. */
  readonly complete: boolean;
  /** The names of properties that it looked for, as one text. */
  readonly properties: string;
}

/**
 * What one scan leaves for the next: whether the vault was ever indexed whole, the deletion guard, and which properties
 * of notes were looked for.
 */
export class ScanMemory {
  private readonly turn: Serial = createSerial();

  private constructor(
    private readonly file: SmallFile,
    private memory: Memory,
  ) {}

  static async open(file: SmallFile): Promise<ScanMemory> {
    const kept = await file.read();
    return new ScanMemory(file, kept === null ? { indexed: false, guard: calmGuard, properties: null } : parse(kept.text));
  }

  get firstIndex(): boolean {
    return !this.memory.indexed;
  }

  get guard(): DeletionGuard {
    return this.memory.guard;
  }

  /** Whether every note was looked at for these properties. If not, its time and size say nothing. */
  lookedFor(properties: string): boolean {
    return this.memory.properties === properties;
  }

  scanned({ complete, guard, properties }: ScanResult): Promise<void> {
    return this.turn(async () => {
      const indexed = this.memory.indexed || complete;
      // After a stopped scan some notes were read for other properties than the rest.
      await this.keep({ indexed, guard, properties: complete || this.lookedFor(properties) ? properties : null });
    });
  }

  /** What scans found empty does not count any more. */
  calm(): Promise<void> {
    return this.turn(() => this.keep({ ...this.memory, guard: calmGuard }));
  }

  private async keep(next: Memory): Promise<void> {
    const { guard, indexed, properties } = this.memory;
    if (next.indexed === indexed && next.guard.emptyScans === guard.emptyScans && next.properties === properties) return;
    await this.file.write(JSON.stringify(next));
    // Not before: what a full disk kept out would count as kept, and no later scan would write it.
    this.memory = next;
  }
}

function parse(text: string): Memory {
  const value: unknown = JSON.parse(text);
  const object = isJsonObject(value) ? value : {};
  const guard = isJsonObject(object["guard"]) ? object["guard"]["emptyScans"] : 0;
  const properties = object["properties"];
  return {
    indexed: object["indexed"] === true,
    guard: { emptyScans: typeof guard === "number" ? guard : 0 },
    properties: typeof properties === "string" ? properties : null,
  };
}
