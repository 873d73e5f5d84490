import type { DataFolder, FolderListing, StorageFault } from "../../src/engine/index";
import { StorageError } from "../../src/engine/index";

const encoder = new TextEncoder();

/** A cut in a write: this many bytes get there, then it rejects. */
export interface Tear {
  readonly bytes: number;
  readonly fault: StorageFault;
}

/** A data folder in memory that can be cut, filled up, held back and copied as a dying process leaves it. */
export class MemoryDataFolder implements DataFolder {
  /** Every append that reached the folder, in order. */
  readonly appended: { readonly path: string; readonly text: string }[] = [];
  /** While set, everything that changes a file is refused. */
  refusing: StorageFault | null = null;
  /** While set, everything that reads is refused. */
  unreadable: StorageFault | null = null;
  /** Bytes of a chunk of `stream`. */
  chunkBytes = 64 * 1024;
  /** Bytes that were streamed so far. */
  streamed = 0;
  private readonly files = new Map<string, Uint8Array>();
  private readonly tears: (Tear | null)[] = [];
  private gate: { readonly open: Promise<void>; readonly release: () => void } | null = null;

  /** The next append or write is cut, and the one after it meets the next call's tear. */
  tearNext(bytes: number, fault: StorageFault = "other"): void {
    this.tears.push({ bytes, fault });
  }

  /** The next append or write is left alone, and the one after it meets the next call's tear. */
  passNext(): void {
    this.tears.push(null);
  }

  /** Appends and writes wait from now on until `release`. */
  hold(): void {
    let release = (): void => undefined;
    const open = new Promise<void>((resolve) => (release = resolve));
    this.gate = { open, release };
  }

  release(): void {
    this.gate?.release();
    this.gate = null;
  }

  bytesOf(path: string): Uint8Array {
    return this.files.get(path) ?? new Uint8Array();
  }

  put(path: string, content: string | Uint8Array): void {
    this.files.set(path, typeof content === "string" ? encoder.encode(content) : content.slice());
  }

  textOf(path: string): string {
    return decode(this.bytesOf(path));
  }

  paths(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  /** What another process finds when this one dies now. */
  copy(): MemoryDataFolder {
    const copy = new MemoryDataFolder();
    for (const [path, bytes] of this.files) copy.put(path, bytes);
    return copy;
  }

  async list(path: string): Promise<FolderListing> {
    this.checkReadable(path);
    const prefix = path === "" ? "" : `${path}/`;
    const files: { name: string; size: number }[] = [];
    const folders = new Set<string>();
    for (const [file, bytes] of this.files) {
      if (!file.startsWith(prefix)) continue;
      const [name = "", ...deeper] = file.slice(prefix.length).split("/");
      if (deeper.length > 0) folders.add(name);
      else files.push({ name, size: bytes.length });
    }
    return { files, folders: [...folders] };
  }

  async read(path: string): Promise<string | null> {
    this.checkReadable(path);
    const bytes = this.files.get(path);
    return bytes === undefined ? null : decode(bytes);
  }

  async *stream(path: string, from = 0): AsyncIterable<string> {
    this.checkReadable(path);
    const bytes = this.files.get(path);
    if (bytes === undefined) return;
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    for (let start = from; start < bytes.length; start += this.chunkBytes) {
      this.streamed += Math.min(this.chunkBytes, bytes.length - start);
      const chunk = decoder.decode(bytes.subarray(start, start + this.chunkBytes), { stream: true });
      if (chunk !== "") yield chunk;
    }
    const rest = decoder.decode();
    if (rest !== "") yield rest;
  }

  async append(path: string, text: string): Promise<void> {
    this.appended.push({ path, text });
    await this.change(path, text, () => this.bytesOf(path));
  }

  async write(path: string, text: string): Promise<void> {
    await this.change(path, text, () => new Uint8Array());
  }

  async remove(path: string): Promise<void> {
    if (this.refusing !== null) throw refusal(this.refusing, path);
    this.files.delete(path);
  }

  async createExclusive(path: string, text: string): Promise<boolean> {
    await this.gate?.open;
    if (this.refusing !== null) throw refusal(this.refusing, path);
    if (this.files.has(path)) return false;
    this.put(path, text);
    return true;
  }

  private async change(path: string, text: string, bytesBefore: () => Uint8Array): Promise<void> {
    const tear = this.tears.shift() ?? null;
    await this.gate?.open;
    if (this.refusing !== null) throw refusal(this.refusing, path);
    if (this.isBelowFile(path)) throw refusal("gone", path);
    const before = bytesBefore();
    const bytes = encoder.encode(text);
    const kept = tear === null ? bytes : bytes.subarray(0, tear.bytes);
    const whole = new Uint8Array(before.length + kept.length);
    whole.set(before);
    whole.set(kept, before.length);
    this.files.set(path, whole);
    if (tear !== null) throw refusal(tear.fault, path);
  }

  private isBelowFile(path: string): boolean {
    const parts = path.split("/");
    return parts.some((_, depth) => depth > 0 && this.files.has(parts.slice(0, depth).join("/")));
  }

  private checkReadable(path: string): void {
    if (this.unreadable !== null) throw refusal(this.unreadable, path);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function refusal(fault: StorageFault, path: string): StorageError {
  return new StorageError(fault, `${path} could not be kept: ${fault}.`);
}
