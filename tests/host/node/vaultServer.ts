import { constants as fsConstants } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { FsListing, FsReply, FsRequest, FsScan, FsStat } from "../protocol";
import { isHiddenPath } from "../hiddenPath";
import { Faults } from "./faults";
import type { FaultEffect } from "./faults";

export interface FsLogEntry {
  readonly op: string;
  readonly path: string;
  readonly bytes: number;
  readonly ok: boolean;
}

class FsError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The disk behind the page's adapter: real files below `root`, faults on order, and an end to all I/O when killed. */
export class VaultServer {
  readonly faults = new Faults();
  readonly log: FsLogEntry[] = [];
  /** Set when a fault asks for the death of the app. */
  onCrash: () => void = () => undefined;
  private dead = false;
  private readonly running = new Set<Promise<unknown>>();

  constructor(readonly root: string) {}

  kill(): void {
    this.dead = true;
  }

  revive(): void {
    this.dead = false;
  }

  /** Resolves when no operation is on the disk any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.running]);
  }

  async handle(request: FsRequest): Promise<FsReply> {
    if (this.dead) return new Promise<FsReply>(() => undefined);
    try {
      const value = await this.perform(request);
      if (this.dead) return await new Promise<FsReply>(() => undefined);
      this.note(request, true);
      return { ok: true, value };
    } catch (error) {
      this.note(request, false);
      return { ok: false, code: codeOf(error), message: error instanceof Error ? error.message : String(error) };
    }
  }

  private note(request: FsRequest, ok: boolean): void {
    const bytes = request.data === undefined ? 0 : bytesOf(request).byteLength;
    this.log.push({ op: request.op, path: request.path, bytes, ok });
  }

  private async perform(request: FsRequest): Promise<unknown> {
    const effect = this.faults.strike(request);
    if (effect === null) return this.real(request);
    switch (effect.kind) {
      case "error":
        throw new FsError(effect.code, `${effect.code}: injected, ${request.op} '${request.path}'`);
      case "delay":
        await sleep(effect.ms);
        return this.real(request);
      case "hold":
        await effect.until;
        return this.dead ? undefined : this.real(request);
      case "truncate-first":
        await fs.writeFile(this.full(request.path), "");
        await sleep(effect.ms);
        return this.real(request);
      case "torn":
        return this.tear(request, effect);
      case "crash":
        return this.crash(request, effect.when);
    }
  }

  private async tear(request: FsRequest, effect: Extract<FaultEffect, { kind: "torn" }>): Promise<never> {
    const part = bytesOf(request).subarray(0, effect.bytes);
    if (request.op === "append") await fs.appendFile(this.full(request.path), part);
    else await fs.writeFile(this.full(request.path), part);
    if (effect.then === "crash") return this.die();
    const code = effect.code ?? "EIO";
    throw new FsError(code, `${code}: injected, ${request.op} '${request.path}' after ${effect.bytes} bytes`);
  }

  private async crash(request: FsRequest, when: "before" | "after"): Promise<never> {
    if (when === "after") await this.real(request);
    return this.die();
  }

  private die(): Promise<never> {
    this.dead = true;
    this.onCrash();
    return new Promise<never>(() => undefined);
  }

  private real(request: FsRequest): Promise<unknown> {
    const operation = this.onDisk(request);
    this.running.add(operation);
    const done = (): void => void this.running.delete(operation);
    operation.then(done, done);
    return operation;
  }

  private async onDisk(request: FsRequest): Promise<unknown> {
    const full = this.full(request.path);
    switch (request.op) {
      case "stat":
        return this.stat(full);
      case "list":
        return this.list(request.path);
      case "scan":
        return this.scan();
      case "read":
        return request.binary === true ? (await fs.readFile(full)).toString("base64") : fs.readFile(full, "utf8");
      case "write":
        await fs.writeFile(full, bytesOf(request));
        return this.stamp(full, request.mtime);
      case "append":
        await fs.appendFile(full, bytesOf(request));
        return this.stamp(full, request.mtime);
      case "mkdir":
        await this.mkdir(full, request.recursive === true);
        return undefined;
      case "rmdir":
        return request.recursive === true ? fs.rm(full, { recursive: true }) : fs.rmdir(full);
      case "remove":
        return fs.unlink(full);
      case "rename":
        return fs.rename(full, this.full(request.to ?? ""));
      case "copy":
        return fs.copyFile(full, this.full(request.to ?? ""), fsConstants.COPYFILE_EXCL);
    }
  }

  private async mkdir(full: string, recursive: boolean): Promise<void> {
    try {
      await fs.mkdir(full, { recursive });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }

  /** A vault path as a path of this machine; never outside the vault, links included in the name only. */
  private full(vaultPath: string): string {
    const full = path.resolve(this.root, vaultPath);
    if (full !== this.root && !full.startsWith(this.root + path.sep)) {
      throw new FsError("EOUTSIDE", `path leaves the vault: '${vaultPath}'`);
    }
    return full;
  }

  private async stamp(full: string, mtime: number | undefined): Promise<void> {
    if (mtime !== undefined) await fs.utimes(full, mtime / 1000, mtime / 1000);
  }

  private async stat(full: string): Promise<FsStat | null> {
    try {
      const stat = await fs.stat(full);
      return {
        type: stat.isDirectory() ? "folder" : "file",
        ctime: Math.round(stat.birthtimeMs),
        mtime: Math.round(stat.mtimeMs),
        size: stat.isDirectory() ? 0 : stat.size,
      };
    } catch (error) {
      if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return null;
      throw error;
    }
  }

  private async list(vaultPath: string): Promise<FsListing> {
    const entries = await fs.readdir(this.full(vaultPath), { withFileTypes: true });
    const pathOf = (name: string): string => (vaultPath === "" ? name : `${vaultPath}/${name}`).normalize("NFC");
    return {
      files: entries.filter((entry) => !entry.isDirectory()).map((entry) => pathOf(entry.name)),
      folders: entries.filter((entry) => entry.isDirectory()).map((entry) => pathOf(entry.name)),
    };
  }

  private async scan(): Promise<FsScan> {
    const found: [string, FsStat][] = [];
    const queue = [""];
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      const listing = await this.list(folder);
      for (const child of [...listing.folders, ...listing.files]) {
        if (isHiddenPath(child)) continue;
        const stat = await this.stat(this.full(child));
        if (stat === null) continue;
        found.push([child, stat]);
        if (stat.type === "folder") queue.push(child);
      }
    }
    return found;
  }
}

function bytesOf(request: FsRequest): Buffer {
  return Buffer.from(request.data ?? "", request.binary === true ? "base64" : "utf8");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "EUNKNOWN";
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
