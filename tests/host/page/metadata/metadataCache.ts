import { Events } from "../core/events";
import { closed } from "../core/strict";
import { TFile } from "../vault/files";
import type { TAbstractFile } from "../vault/files";
import type { Vault } from "../vault/vault";
import { parseNote } from "./parseNote";
import type { CachedMetadata } from "./parseNote";

/** Metadata of notes, read after the vault's own events: `changed` comes later than `modify`. */
export class MetadataCache extends Events {
  resolvedLinks: Record<string, Record<string, number>> = {};
  unresolvedLinks: Record<string, Record<string, number>> = {};
  private vault: Vault;
  private caches = new Map<TFile, CachedMetadata>();
  private work: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(vault: Vault) {
    super();
    this.vault = vault;
    vault.on("create", (file: TAbstractFile) => this.queue(file));
    vault.on("modify", (file: TAbstractFile) => this.queue(file));
    vault.on("delete", (file: TAbstractFile) => this.forget(file));
  }

  getFileCache(file: TFile): CachedMetadata | null {
    return this.caches.get(file) ?? null;
  }

  getCache(path: string): CachedMetadata | null {
    const file = this.vault.getFileByPath(path);
    return file === null ? null : this.getFileCache(file);
  }

  getFirstLinkpathDest(linkpath: string, sourcePath: string): TFile | null {
    const files = this.vault.getFiles();
    const byPath = (path: string): TFile | undefined => files.find((file) => file.path === path);
    const folder = sourcePath.includes("/") ? `${sourcePath.slice(0, sourcePath.lastIndexOf("/"))}/` : "";
    const exact = [linkpath, `${linkpath}.md`, folder + linkpath, `${folder}${linkpath}.md`].map(byPath);
    const named = files.find((file) => file.name === linkpath || file.name === `${linkpath}.md`);
    return exact.find((file) => file !== undefined) ?? named ?? null;
  }

  fileToLinktext(file: TFile, _sourcePath: string, omitMdExtension = true): string {
    const unique = this.vault.getFiles().filter((other) => other.name === file.name).length === 1;
    const text = unique ? file.name : file.path;
    return omitMdExtension && file.extension === "md" ? text.slice(0, -3) : text;
  }

  /** Host only: resolves when nothing waits to be read. */
  async hostSettled(): Promise<void> {
    await this.work;
  }

  private queue(file: TAbstractFile): void {
    if (!(file instanceof TFile) || file.extension !== "md") return;
    this.waiting += 1;
    this.work = this.work.then(() => this.index(file)).finally(() => this.done());
  }

  private async index(file: TFile): Promise<void> {
    if (file.deleted) return;
    let text: string;
    try {
      text = await this.vault.cachedRead(file);
    } catch {
      return;
    }
    const cache = parseNote(text);
    this.caches.set(file, cache);
    this.trigger("changed", file, text, cache);
    this.trigger("resolve", file);
  }

  private done(): void {
    this.waiting -= 1;
    if (this.waiting === 0) this.trigger("resolved");
  }

  private forget(file: TAbstractFile): void {
    if (!(file instanceof TFile) || file.extension !== "md") return;
    const before = this.caches.get(file) ?? null;
    this.caches.delete(file);
    this.trigger("deleted", file, before);
  }
}
closed(MetadataCache);
