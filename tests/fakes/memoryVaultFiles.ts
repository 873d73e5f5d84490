import { utf8Length } from "../../src/engine/kernel/utf8Length";
import type { FileRead, JsonObject, VaultFile, VaultListing, VaultPort } from "../../src/engine/index";

type Content = { readonly kind: "canvas"; readonly text: string } | { readonly kind: "note"; readonly properties: JsonObject };

interface File {
  readonly content: Content;
  readonly mtime: number;
}

/** A vault in memory. Files get the time that the test gives them. */
export class MemoryVaultFiles implements VaultPort {
  /** Folders that cannot be read, with the reason. */
  readonly unreadable = new Map<string, string>();
  /** Paths of single files that cannot be read. */
  readonly locked = new Set<string>();
  /** Paths that begin like this are kept out by the user. */
  keptOut: string | null = null;
  reads = 0;
  private readonly files = new Map<string, File>();

  canvas(path: string, text: string, mtime: number): void {
    this.files.set(path, { content: { kind: "canvas", text }, mtime });
  }

  note(path: string, properties: JsonObject, mtime: number): void {
    this.files.set(path, { content: { kind: "note", properties }, mtime });
  }

  touch(path: string, mtime: number): void {
    const file = this.files.get(path);
    if (file !== undefined) this.files.set(path, { ...file, mtime });
  }

  move(from: string, to: string): void {
    const file = this.files.get(from);
    if (file === undefined) return;
    this.files.delete(from);
    this.files.set(to, file);
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  excludes(path: string): boolean {
    return this.keptOut !== null && path.startsWith(this.keptOut);
  }

  async list(): Promise<VaultListing> {
    const shown = [...this.files].filter(([path]) => !isHidden(path) && this.reasonFor(path) === null && !this.excludes(path));
    const of = (kind: Content["kind"]): VaultFile[] =>
      shown.filter(([, file]) => file.content.kind === kind).map(([path, { mtime, content }]) => ({ path, mtime, size: sizeOf(content) }));
    return { canvases: of("canvas"), notes: of("note"), unreadable: [...this.unreadable].map(([path, reason]) => ({ path, reason })) };
  }

  async readCanvas(path: string): Promise<FileRead<string>> {
    return this.read(path, (content) => (content.kind === "canvas" ? content.text : ""));
  }

  async readProperties(path: string): Promise<FileRead<JsonObject>> {
    return this.read(path, (content) => (content.kind === "note" ? content.properties : {}));
  }

  private read<T>(path: string, take: (content: Content) => T): FileRead<T> {
    this.reads += 1;
    const file = this.files.get(path);
    const reason = this.locked.has(path) ? "no permission to read it" : this.reasonFor(path);
    if (reason !== null) return { kind: "unreadable", reason };
    if (file === undefined || isHidden(path)) return { kind: "missing" };
    return { kind: "read", content: take(file.content), mtime: file.mtime, size: sizeOf(file.content) };
  }

  /** Why what lies in a folder cannot be read; null where it can. */
  private reasonFor(path: string): string | null {
    return [...this.unreadable].find(([folder]) => path.startsWith(`${folder}/`))?.[1] ?? null;
  }
}

function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "node_modules");
}

function sizeOf(content: Content): number {
  return utf8Length(content.kind === "canvas" ? content.text : JSON.stringify(content.properties));
}
