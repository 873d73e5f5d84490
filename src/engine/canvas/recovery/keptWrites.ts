import { bounded } from "../../kernel/bounded";
import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { neverAborted } from "../../kernel/signal";
import { utf8Length } from "../../kernel/utf8Length";
import { decodeKeptWrite, encodeKeptWrite, type KeptWrite } from "./keptWrite";

/** Writes kept of one canvas. */
const MAX_WRITES = 50;

/** Bytes kept of one canvas, beside its last write. */
const MAX_BYTES = 8 * 1024 * 1024;

/** How long a write waits for its old text to be kept, in milliseconds. */
const KEEP_MS = 10_000;

/** Canvases whose files are known without a look. */
const MAX_KNOWN = 50;

/** The part of the plugin's folder that is needed here. */
export interface RecoveryFolder {
  list(path: string): Promise<{ readonly files: readonly { readonly name: string; readonly size: number }[] }>;
  read(path: string): Promise<string | null>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export interface KeptWritesParts {
  readonly folder: RecoveryFolder;
  /** Where in it. */
  readonly base: string;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly logger: Logger;
  /** Names of a canvas, safe as file names: the one to keep under first, then those it may have been kept under. */
  readonly namesOf: (path: string) => readonly string[];
  /** Throws when nothing more may be kept. */
  readonly requireOpen: () => void;
}

/** The old text could not be kept, so the write must not happen. */
export class KeepFailed extends Error {
  override readonly name = "KeepFailed";
}

/** A kept write and where it lies. */
export interface Kept {
  readonly place: KeptPlace;
  readonly write: KeptWrite;
}

export interface KeptPlace {
  readonly canvas: string;
  readonly number: number;
}

/** The texts before the last writes of each canvas, bounded, one file for each write. */
export class KeptWrites {
  /** Sizes by number, of the canvases used last. */
  private readonly known = new Map<string, Map<number, number>>();

  constructor(private readonly parts: KeptWritesParts) {}

  /** Resolves when the old text is kept; with `again` in the place of a try that came to nothing. Rejects with KeepFailed. */
  async keep(write: KeptWrite, again: KeptPlace | null): Promise<KeptPlace> {
    const { clock, requireOpen } = this.parts;
    requireOpen();
    const kept = await bounded(clock, KEEP_MS, neverAborted, () => this.store(write, again)).catch((error: unknown) => {
      throw new KeepFailed(reasonOf(error));
    });
    // An engine that ended meanwhile must write nothing more, and this is the last look before the write.
    requireOpen();
    if (kept.kind !== "done") throw new KeepFailed(`it took longer than ${KEEP_MS / 1000} s`);
    return kept.value;
  }

  /** Forgets a write that did not happen, or of which nothing is left. Where that fails, taking it back changes nothing. */
  async discard({ canvas, number }: KeptPlace): Promise<void> {
    try {
      this.parts.requireOpen();
      await this.remove(canvas, await this.sizesOf(canvas), number);
    } catch (error) {
      this.parts.logger.warn(`A kept text of a canvas could not be removed: ${reasonOf(error)}`);
    }
  }

  /** The last write of a canvas, or null. Rejects when the folder cannot be read. */
  async last(path: string): Promise<Kept | null> {
    for await (const kept of this.newestFirst(path)) return kept;
    return null;
  }

  /** What one owner wrote on a canvas, the newest first. */
  async byOwner(path: string, owner: string): Promise<readonly Kept[]> {
    const found: Kept[] = [];
    for await (const kept of this.newestFirst(path)) if (kept.write.owner === owner) found.push(kept);
    return found;
  }

  private async *newestFirst(path: string): AsyncIterable<Kept> {
    const { folder, hasher, logger } = this.parts;
    for (const canvas of this.parts.namesOf(path)) {
      const numbers = [...(await this.sizesOf(canvas)).keys()].sort((a, b) => b - a);
      for (const number of numbers) {
        const text = await folder.read(this.fileOf(canvas, number));
        const write = text === null ? null : decodeKeptWrite(text, hasher);
        if (write !== null) yield { place: { canvas, number }, write };
        else if (text !== null) logger.warn(`A kept text of a canvas is damaged and is passed over: ${this.fileOf(canvas, number)}`);
      }
    }
  }

  private async store(write: KeptWrite, again: KeptPlace | null): Promise<KeptPlace> {
    const canvas = again?.canvas ?? this.parts.namesOf(write.path)[0] ?? "";
    const sizes = await this.sizesOf(canvas);
    const number = again?.number ?? Math.max(0, ...sizes.keys()) + 1;
    const text = encodeKeptWrite(write, this.parts.hasher);
    // Counted before it is written, so that no later write takes the place of one that is still on its way.
    sizes.set(number, utf8Length(text));
    await this.parts.folder.write(this.fileOf(canvas, number), text);
    await this.removeOldest(canvas, sizes);
    return { canvas, number };
  }

  // What is not removed now is removed by a later write: no reason to refuse this one.
  private async removeOldest(canvas: string, sizes: Map<number, number>): Promise<void> {
    const numbers = [...sizes.keys()].sort((a, b) => a - b);
    let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const number of numbers.slice(0, -1)) {
      if (sizes.size <= MAX_WRITES && bytes <= MAX_BYTES) return;
      bytes -= sizes.get(number) ?? 0;
      await this.remove(canvas, sizes, number);
    }
  }

  private async remove(canvas: string, sizes: Map<number, number>, number: number): Promise<void> {
    try {
      await this.parts.folder.remove(this.fileOf(canvas, number));
      sizes.delete(number);
    } catch (error) {
      this.parts.logger.warn(`A kept text of a canvas could not be removed: ${reasonOf(error)}`);
    }
  }

  private async sizesOf(canvas: string): Promise<Map<number, number>> {
    const known = this.known.get(canvas) ?? (await this.look(canvas));
    this.known.delete(canvas);
    this.known.set(canvas, known);
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_KNOWN && oldest !== undefined) this.known.delete(oldest);
    return known;
  }

  private async look(canvas: string): Promise<Map<number, number>> {
    const { files } = await this.parts.folder.list(`${this.parts.base}/${canvas}`);
    const numbered = files.flatMap(({ name, size }): [number, number][] => {
      const number = /^(\d+)\.txt$/.exec(name)?.[1];
      return number === undefined ? [] : [[Number(number), size]];
    });
    return new Map(numbered);
  }

  private fileOf(canvas: string, number: number): string {
    return `${this.parts.base}/${canvas}/${String(number).padStart(8, "0")}.txt`;
  }
}
