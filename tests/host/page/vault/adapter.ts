import type { Assumptions, FsListing, FsScan, FsStat } from "../../protocol";
import { isHiddenPath } from "../../hiddenPath";
import { callFs, fromBase64, toBase64 } from "../core/bridge";
import { pause } from "../core/native";
import { closed, strict } from "../core/strict";
import { checkPath, checkText, putRequest } from "./adapterInput";
import { KnownFiles, statOf } from "./knownFiles";
import type { ChangeHandler } from "./knownFiles";

export interface DataWriteOptions {
  readonly ctime?: number;
  readonly mtime?: number;
  /** The app's own hook: called when the bytes are on the disk and nobody has been told yet. */
  readonly immediate?: (text: string) => void;
}

/**
 * Files of the vault behind ONE queue. After its own writes, and when told of others', it compares the disk with what
 * it knows and reports the difference.
 */
export abstract class DataAdapterBase {
  readonly basePath: string;
  /** The tail of the queue. */
  promise: Promise<unknown> = Promise.resolve();
  private readonly known: KnownFiles;
  private readonly assume: Assumptions;
  private readonly vaultName: string;

  constructor(basePath: string, vaultName: string, assume: Assumptions) {
    this.basePath = basePath;
    this.vaultName = vaultName;
    this.assume = assume;
    this.known = new KnownFiles(assume.folderRenameEvents);
    return strict(this);
  }

  getName(): string {
    return this.vaultName;
  }

  /** Host only. */
  hostWatch(handler: ChangeHandler): void {
    this.known.handler = handler;
  }

  /** Host only: reads the whole vault and reports every file as created, parents first. */
  async hostLoad(): Promise<void> {
    await this.queue(async () => {
      const found = await callFs<FsScan>({ op: "scan", path: "" });
      for (const [path, stat] of found) this.known.learn(path, stat);
    });
  }

  /** Host only: somebody else touched these paths. Resolves when the events have fired. */
  async hostReconcile(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (isHiddenPath(path)) {
        await this.known.reconcile(path);
        continue;
      }
      if (this.known.has(path) && (await statOf(path)) === null) await pause(this.assume.deletionGrace);
      await this.queue(() => this.known.reconcile(path));
    }
  }

  /** Host only: compares the whole visible disk with what is known. */
  async hostReconcileAll(): Promise<void> {
    const found = await callFs<FsScan>({ op: "scan", path: "" });
    const there = new Set(found.map(([path]) => path));
    const gone = this.known.paths().filter((path) => !there.has(path)).reverse();
    await this.hostReconcile([...gone, ...there]);
  }

  async exists(path: string): Promise<boolean> {
    return (await statOf(checkPath(path))) !== null;
  }

  async stat(path: string): Promise<FsStat | null> {
    return statOf(checkPath(path));
  }

  async list(path: string): Promise<{ files: string[]; folders: string[] }> {
    const listing = await callFs<FsListing>({ op: "list", path: checkPath(path) });
    return { files: [...listing.files], folders: [...listing.folders] };
  }

  async read(path: string): Promise<string> {
    return this.reading(() => callFs<string>({ op: "read", path: checkPath(path) }));
  }

  async readBinary(path: string): Promise<ArrayBuffer> {
    const read = (): Promise<string> => callFs<string>({ op: "read", path: checkPath(path), binary: true });
    return fromBase64(await this.reading(read));
  }

  async write(path: string, data: string, options?: DataWriteOptions): Promise<void> {
    await this.putting("write", path, checkText(data), false, options);
  }

  async writeBinary(path: string, data: ArrayBuffer, options?: DataWriteOptions): Promise<void> {
    await this.putting("write", path, toBase64(data), true, options);
  }

  async append(path: string, data: string, options?: DataWriteOptions): Promise<void> {
    await this.putting("append", path, checkText(data), false, options);
  }

  async appendBinary(path: string, data: ArrayBuffer, options?: DataWriteOptions): Promise<void> {
    await this.putting("append", path, toBase64(data), true, options);
  }

  /** `fn` is called inside the queue with the text on disk; an equal result is neither written nor reported. */
  async process(path: string, fn: (data: string) => string, options?: DataWriteOptions): Promise<string> {
    const target = checkPath(path);
    return this.queue(async () => {
      const before = await callFs<string>({ op: "read", path: target });
      const after = checkText(fn(before));
      if (after !== before) {
        await callFs(putRequest("write", target, after, false, options));
        options?.immediate?.(after);
        await this.known.reconcile(target);
      }
      return after;
    });
  }

  async mkdir(path: string): Promise<void> {
    const target = checkPath(path);
    await this.queue(async () => {
      await callFs({ op: "mkdir", path: target, recursive: this.assume.mkdirRecursive });
      await this.known.reconcile(target);
    });
  }

  async remove(path: string): Promise<void> {
    const target = checkPath(path);
    await this.queue(async () => {
      await callFs({ op: "remove", path: target });
      await this.known.reconcile(target);
    });
  }

  async rmdir(path: string, recursive: boolean): Promise<void> {
    const target = checkPath(path);
    await this.queue(async () => {
      await callFs({ op: "rmdir", path: target, recursive });
      await this.known.reconcile(target);
    });
  }

  async copy(path: string, newPath: string): Promise<void> {
    const from = checkPath(path);
    const to = checkPath(newPath);
    await this.queue(async () => {
      await this.refuseExisting(to);
      await callFs({ op: "copy", path: from, to });
      await this.known.reconcile(to);
    });
  }

  async rename(path: string, newPath: string): Promise<void> {
    const from = checkPath(path);
    const to = checkPath(newPath);
    if (from === to) return;
    await this.queue(async () => {
      await this.refuseExisting(to);
      await callFs({ op: "rename", path: from, to });
      await this.known.moved(from, to);
    });
  }

  async trashSystem(path: string): Promise<boolean> {
    checkPath(path);
    return false;
  }

  async trashLocal(path: string): Promise<void> {
    const from = checkPath(path);
    await this.queue(async () => {
      await callFs({ op: "mkdir", path: ".trash", recursive: true });
      const name = from.slice(from.lastIndexOf("/") + 1);
      let to = `.trash/${name}`;
      for (let n = 2; (await statOf(to)) !== null; n += 1) to = `.trash/${name.replace(/(\.[^.]*)?$/, ` ${n}$1`)}`;
      await callFs({ op: "rename", path: from, to });
      await this.known.moved(from, to);
    });
  }

  getResourcePath(path: string): string {
    return `app://host/${this.basePath}/${checkPath(path)}`;
  }

  /** Runs `work` after all earlier work, whether that failed or not. */
  protected queue<T>(work: () => Promise<T>): Promise<T> {
    const run = this.promise.then(work, work);
    this.promise = run.catch(() => undefined);
    return run;
  }

  private reading<T>(work: () => Promise<T>): Promise<T> {
    return this.assume.readsQueued ? this.queue(work) : work();
  }

  private async putting(
    op: "write" | "append",
    path: string,
    data: string,
    binary: boolean,
    options: DataWriteOptions | undefined,
  ): Promise<void> {
    const target = checkPath(path);
    await this.queue(async () => {
      await callFs(putRequest(op, target, data, binary, options));
      options?.immediate?.(data);
      await this.known.reconcile(target);
    });
  }

  private async refuseExisting(path: string): Promise<void> {
    if ((await statOf(path)) !== null) throw new Error("Destination file already exists!");
  }
}

/** The desktop adapter. */
export class FileSystemAdapter extends DataAdapterBase {
  getBasePath(): string {
    return this.basePath;
  }

  getFullPath(path: string): string {
    return `${this.basePath}/${path}`;
  }

  getFilePath(path: string): string {
    return `file://${this.basePath}/${path}`;
  }
}
closed(FileSystemAdapter);

/** The mobile adapter. */
export class CapacitorAdapter extends DataAdapterBase {
  getFullPath(path: string): string {
    return `${this.basePath}/${path}`;
  }
}
closed(CapacitorAdapter);
