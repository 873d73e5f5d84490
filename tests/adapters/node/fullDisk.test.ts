import type * as promises from "node:fs/promises";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NodeExportFiles } from "../../../src/adapters/node/nodeExportFiles";
import { deviceFor } from "../../../src/adapters/node/nodeDevice";
import { mintVaultId, pluginFolder } from "../../../src/adapters/node/nodeVaultIdentity";
import { replaceJson } from "../../../src/adapters/node/replaceJson";

const disk = vi.hoisted(() => ({ full: false, synced: [] as string[] }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof promises>();
  const open = async (path: string, ...rest: [string]): Promise<promises.FileHandle> => {
    const handle = await real.open(path, ...rest);
    const sync = handle.sync.bind(handle);
    const write = handle.writeFile.bind(handle);
    handle.sync = async () => {
      disk.synced.push(path);
      await sync();
    };
    handle.writeFile = async (text) => {
      if (!disk.full) return write(text);
      await write(String(text).slice(0, 3));
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
    };
    return handle;
  };
  return { ...real, open };
});

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "canvas-engram-full-"));
  disk.synced = [];
});

afterEach(async () => {
  disk.full = false;
  await rm(base, { recursive: true, force: true });
});

describe("a full disk", () => {
  it("is told with the file that it kept out, and leaves no half of one", async () => {
    const file = join(base, "data.json");
    await writeFile(file, "{}");
    disk.full = true;
    await expect(replaceJson(file, { vault: "x" })).rejects.toThrow(`${file} could not be read or kept: the disk is full`);
    expect(await readdir(base)).toEqual(["data.json"]);
    expect(await readFile(file, "utf8")).toBe("{}");
  });

  it("is told with the file in which a vault's or a machine's identity should be", async () => {
    disk.full = true;
    await expect(mintVaultId(base, async () => null)).rejects.toThrow(join(pluginFolder(base), "data.json"));
    expect(await readdir(pluginFolder(base))).toEqual([]);
    await mkdir(join(base, "vault"));
    await expect(deviceFor(join(base, "vault"), join(base, "state", "devices.json"))).rejects.toThrow(join(base, "state", "devices"));
    expect(await readdir(join(base, "state", "devices"))).toEqual([]);
  });

  it("is told with the export that did not fit, and leaves no half of one", async () => {
    async function* text(): AsyncGenerator<string> {
      yield await Promise.resolve("all the events");
    }
    disk.full = true;
    const target = { folder: "", name: "events", key: "k1", extension: "csv" };
    const failed = new NodeExportFiles(base).write(target, text());
    await expect(failed).rejects.toThrow("events k1.csv could not be read or kept: the disk is full (ENOSPC).");
    expect(await readdir(base)).toEqual([]);
  });
});

it("what is kept of an identity is on the disk, and so are its name and the folders above it", async () => {
  const file = join(base, "new", "devices.json");
  await replaceJson(file, {});
  expect(disk.synced).toEqual([join(base, "new"), base, expect.stringContaining("devices.json."), join(base, "new")]);
  disk.synced = [];
  await mintVaultId(base, async () => null);
  const folder = pluginFolder(base);
  expect(disk.synced.slice(-2)).toEqual([expect.stringContaining("data.json."), folder]);
});
