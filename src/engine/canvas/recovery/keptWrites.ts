import { bounded } from "../../kernel/bounded";
import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { neverAborted } from "../../kernel/signal";
import { utf8Length } from "../../kernel/utf8Length";
import { KeptFiles, keptLimits, type KeptLimits, type KeptPlace } from "./keptFiles";
import { decodeKeptWrite, encodeKeptWrite, type KeptWrite } from "./keptWrite";

/** How long a write waits for its old text to be kept, in milliseconds. */
const KEEP_MS = 10_000;

/** The part of the plugin's folder that is needed here. */
export interface RecoveryFolder {
  list(path: string): Promise<{ readonly files: readonly { readonly name: string; readonly size: number }[]; readonly folders: readonly string[] }>;
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
  readonly limits?: KeptLimits;
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

/** The texts before the last writes of each canvas, bounded, one file for each write. */
export class KeptWrites {
  /** Null until somebody asks for it, and after a look that failed. */
  private looked: Promise<KeptFiles> | null = null;

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
  async discard(place: KeptPlace): Promise<void> {
    try {
      this.parts.requireOpen();
      await this.remove(await this.files(), place);
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
    const files = await this.files();
    for (const canvas of this.parts.namesOf(path)) {
      for (const number of files.numbers(canvas)) {
        const place = { canvas, number };
        const text = await folder.read(this.fileOf(place));
        const write = text === null ? null : decodeKeptWrite(text, hasher);
        if (write !== null) yield { place, write };
        else if (text !== null) logger.warn(`A kept text of a canvas is damaged and is passed over: ${this.fileOf(place)}`);
      }
    }
  }

  private async store(write: KeptWrite, again: KeptPlace | null): Promise<KeptPlace> {
    const files = await this.files();
    const canvas = again?.canvas ?? this.parts.namesOf(write.path)[0] ?? "";
    const place = again ?? { canvas, number: files.next(canvas, write.at) };
    const text = encodeKeptWrite(write, this.parts.hasher);
    // Counted before it is written, so that no later write takes the place of one that is still on its way.
    files.add(place, utf8Length(text));
    await this.parts.folder.write(this.fileOf(place), text);
    for (const old of files.surplus(place)) await this.remove(files, old);
    return place;
  }

  // What is not removed now is removed by a later write: no reason to refuse this one.
  private async remove(files: KeptFiles, place: KeptPlace): Promise<void> {
    try {
      await this.parts.folder.remove(this.fileOf(place));
      files.forget(place);
    } catch (error) {
      this.parts.logger.warn(`A kept text of a canvas could not be removed: ${reasonOf(error)}`);
    }
  }

  private files(): Promise<KeptFiles> {
    this.looked ??= this.look().catch((error: unknown) => {
      this.looked = null;
      throw error;
    });
    return this.looked;
  }

  private async look(): Promise<KeptFiles> {
    const { base, folder, limits = keptLimits } = this.parts;
    const kept = new KeptFiles(limits);
    const { folders } = await folder.list(base);
    for (const canvas of folders) {
      for (const { name, size } of (await folder.list(`${base}/${canvas}`)).files) {
        const number = /^(\d+)\.txt$/.exec(name)?.[1];
        if (number !== undefined) kept.add({ canvas, number: Number(number) }, size);
      }
    }
    return kept;
  }

  private fileOf({ canvas, number }: KeptPlace): string {
    return `${this.parts.base}/${canvas}/${String(number).padStart(8, "0")}.txt`;
  }
}
