import type { Hasher } from "../../kernel/hash";
import type { JsonObject, JsonValue } from "../../kernel/json";
import type { SealedLog } from "../../journal/sealedLog";
import type { Overflow, Taken } from "./overflow";

/** Items in one file, at most. A file is read whole, so this is also what a domain has in memory of them. */
const PAGE = 1_000;

export interface DiskOverflowParts<T> {
  /** Opens the file of this name in a folder that belongs to the overflow alone and is empty. */
  readonly open: (name: string) => SealedLog;
  readonly hasher: Pick<Hasher, "sha256">;
  /** The most items on disk, of all domains. */
  readonly mostItems: number;
  readonly encode: (item: T) => JsonValue;
  /** Gives back what `encode` was given. Throws for anything else. */
  readonly decode: (value: JsonValue) => T;
}

interface Page {
  readonly log: SealedLog;
  count: number;
}

/** The files of one domain, the oldest first, and what was read of the one before them. */
interface Pages<T> {
  readonly files: Page[];
  read: Taken<T>[];
  made: number;
}

/** An overflow in files: each domain writes to its last one and reads its first one whole, which is then removed. */
export class DiskOverflow<T> implements Overflow<T> {
  private readonly domains = new Map<string, Pages<T>>();
  private items = 0;

  constructor(private readonly parts: DiskOverflowParts<T>) {}

  async put(domain: string, items: readonly T[]): Promise<boolean> {
    if (this.items + items.length > this.parts.mostItems) return false;
    const values = items.map((item) => this.encoded(item));
    // Room is taken before the write: other domains put meanwhile.
    this.items += items.length;
    try {
      await this.write(domain, values);
      return true;
    } catch (error) {
      this.items -= items.length;
      throw error;
    }
  }

  async take(domain: string, most: number): Promise<readonly Taken<T>[]> {
    const pages = this.domains.get(domain);
    if (pages === undefined) return [];
    while (pages.read.length === 0 && pages.files.length > 0) await this.readFirst(pages);
    const taken = pages.read.splice(0, most);
    this.items -= taken.length;
    if (pages.read.length + pages.files.length === 0) this.domains.delete(domain);
    return taken;
  }

  async clear(domain: string): Promise<void> {
    const pages = this.domains.get(domain);
    if (pages === undefined) return;
    this.items -= pages.read.length;
    pages.read = [];
    for (let page = pages.files[0]; page !== undefined; page = pages.files[0]) {
      await page.log.remove();
      this.items -= page.count;
      pages.files.shift();
    }
    this.domains.delete(domain);
  }

  /** Undefined for what cannot be kept: it takes its place all the same, and is lost when that is read. */
  private encoded(item: T): JsonValue | undefined {
    try {
      return this.parts.encode(item);
    } catch {
      return undefined;
    }
  }

  // One that can never be read must not hold up what is behind it.
  private decoded(value: JsonValue): Taken<T> {
    try {
      return { kind: "item", item: this.parts.decode(value) };
    } catch {
      return { kind: "lost" };
    }
  }

  // A write that fails may leave some of its lines, which would be items too many: its file takes nothing more, and of
  // it only the places are read that were kept before. What nobody reads goes when the folder is emptied.
  private async write(domain: string, values: readonly (JsonValue | undefined)[]): Promise<void> {
    const pages = this.pagesOf(domain);
    const last = pages.files[pages.files.length - 1];
    const page = last !== undefined && last.count + values.length <= PAGE ? last : this.newPage(domain, pages);
    try {
      const lines: JsonObject[] = values.map((item, index) => ({ at: page.count + index, ...(item === undefined ? {} : { item }) }));
      await page.log.append(lines);
      page.count += values.length;
    } catch (error) {
      if (page.count === 0) pages.files.splice(pages.files.indexOf(page), 1);
      else this.newPage(domain, pages);
      throw error;
    }
  }

  private pagesOf(domain: string): Pages<T> {
    const known = this.domains.get(domain);
    if (known !== undefined) return known;
    const pages: Pages<T> = { files: [], read: [], made: 0 };
    this.domains.set(domain, pages);
    return pages;
  }

  private newPage(domain: string, pages: Pages<T>): Page {
    pages.made += 1;
    const name = `${this.parts.hasher.sha256(domain).slice(0, 16)}-${pages.made}`;
    const page: Page = { log: this.parts.open(name), count: 0 };
    pages.files.push(page);
    return page;
  }

  private async readFirst(pages: Pages<T>): Promise<void> {
    const [page] = pages.files;
    if (page === undefined) return;
    const found = new Array<Taken<T>>(page.count).fill({ kind: "lost" });
    await page.log.read(({ at, item }) => {
      if (typeof at !== "number" || !(at in found) || item === undefined) return;
      found[at] = this.decoded(item);
    });
    await page.log.remove();
    pages.files.shift();
    pages.read = found;
  }
}
