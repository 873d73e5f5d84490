import type { Hasher } from "../kernel/hash";
import type { JsonObject } from "../kernel/json";
import type { DataFolder } from "./port";
import type { BadLine } from "./scanSegment";
import { createSealedLog, type SealedLog } from "./sealedLog";
import { deviceFolder } from "./segments";

/**
 * `bad`: a line that was whole once, so something may be lost. `cut`: what a write left behind that never ended, so
 * nothing that was promised is lost.
 */
export type SetAsideKind = "bad" | "cut";

/**
 * Copies of the lines of our own journal that could not be read, each once however often the journal is opened. The
 * journal itself is never cut or cleaned.
 */
export class Quarantine {
  private readonly known = new Map<string, SetAsideKind>();
  private unsaved: JsonObject[] = [];

  private constructor(
    private readonly log: SealedLog,
    private readonly hasher: Hasher,
  ) {}

  static async open(folder: DataFolder, device: string, hasher: Hasher): Promise<Quarantine> {
    const log = createSealedLog(folder, `${deviceFolder(device)}/quarantine/lines`, hasher);
    const quarantine = new Quarantine(log, hasher);
    await log.read((value) => quarantine.remember(value));
    return quarantine;
  }

  /** Whether some lines are not on disk yet. */
  get isWaiting(): boolean {
    return this.unsaved.length > 0;
  }

  count(kind: SetAsideKind): number {
    let count = 0;
    for (const known of this.known.values()) if (known === kind) count += 1;
    return count;
  }

  /** False when it is there already. It is kept on disk by the next `flush`. */
  add(kind: SetAsideKind, { path, line, reason, text }: BadLine): boolean {
    const key = `${path}:${line}:${this.hasher.sha256(text).slice(0, 16)}`;
    if (this.known.has(key)) return false;
    this.known.set(key, kind);
    this.unsaved.push({ key, kind, path, line, reason, text });
    return true;
  }

  /** Rejects with StorageError; the next call tries the same lines again. */
  async flush(): Promise<void> {
    if (this.unsaved.length === 0) return;
    const saving = this.unsaved;
    this.unsaved = [];
    try {
      await this.log.append(saving);
    } catch (error) {
      this.unsaved = [...saving, ...this.unsaved];
      throw error;
    }
  }

  private remember({ key, kind }: JsonObject): void {
    if (typeof key === "string") this.known.set(key, kind === "cut" ? "cut" : "bad");
  }
}
