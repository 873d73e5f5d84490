import { mkdir, mkdtemp, open, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchVault, type VaultWatcher } from "../../../src/adapters/node/nodeVaultWatcher";

const WAIT = { timeout: 45_000 };

let root: string;
let watcher: VaultWatcher | null = null;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "canvas-engram-watch-"));
});

afterEach(async () => {
  await watcher?.close();
  watcher = null;
  await rm(root, { recursive: true, force: true });
});

/** Watches; each piece of news is written down with what the file held when it came. */
async function watching(folder = root): Promise<{ seen: Map<string, string[]>; deleted: string[] }> {
  const seen = new Map<string, string[]>();
  const deleted: string[] = [];
  const look = (path: string): void => {
    readFile(join(root, path), "utf8").then(
      (text) => seen.set(path, [...(seen.get(path) ?? []), text]),
      () => seen.set(path, [...(seen.get(path) ?? []), "missing"]),
    );
  };
  watcher = watchVault(folder, () => true, {
    canvasChanged: look,
    noteChanged: look,
    fileDeleted: (path) => deleted.push(path),
    failed: (reason) => expect.fail(reason),
  });
  await watcher.ready;
  return { seen, deleted };
}

describe("watchVault", () => {
  it("ends on the whole text of a file that is emptied and filled again in pieces", async () => {
    const names = Array.from({ length: 5 }, (_, index) => `${index}.canvas`);
    for (const name of names) await writeFile(join(root, name), "before");
    const { seen } = await watching();
    for (const name of names) {
      const file = await open(join(root, name), "r+");
      await file.truncate(0);
      for (let piece = 0; piece < 200; piece += 1) await file.write("x", piece);
      await file.close();
    }
    await vi.waitFor(() => {
      for (const name of names) expect(seen.get(name)?.at(-1), name).toBe("x".repeat(200));
    }, WAIT);
  });

  it("tells of new notes and canvases and of deletions, and of nothing else", async () => {
    await writeFile(join(root, "old.md"), "there at the start");
    const { seen, deleted } = await watching();
    await writeFile(join(root, "picture.png"), "no text");
    await writeFile(join(root, "a.canvas"), "{}");
    await writeFile(join(root, "b.md"), "note");
    await vi.waitFor(() => expect([...seen.keys()].sort()).toEqual(["a.canvas", "b.md"]), WAIT);
    await rm(join(root, "a.canvas"));
    await vi.waitFor(() => expect(deleted).toEqual(["a.canvas"]), WAIT);
  });

  it("tells nothing of links, whether they were there at the start or come later, and wherever they lead", async () => {
    const outside = await mkdtemp(join(tmpdir(), "canvas-engram-outside-"));
    await writeFile(join(outside, "secret.canvas"), "{}");
    await writeFile(join(root, "own.md"), "own");
    await symlink(join(outside, "secret.canvas"), join(root, "early.canvas"));
    await symlink(outside, join(root, "folder"));
    const { seen, deleted } = await watching();
    await symlink(join(outside, "secret.canvas"), join(root, "late.canvas"));
    await symlink(outside, join(root, "late"));
    await symlink(join(root, "own.md"), join(root, "again.md"));
    await writeFile(join(outside, "secret.canvas"), "changed");
    await writeFile(join(root, "after.canvas"), "{}");
    await writeFile(join(root, "own.md"), "changed");
    await vi.waitFor(() => expect([...seen.keys()].sort()).toEqual(["after.canvas", "own.md"]), WAIT);
    expect(deleted).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it("tells of a file that a link takes the place of as gone", async () => {
    await writeFile(join(root, "a.canvas"), "{}");
    await writeFile(join(root, "b.canvas"), "{}");
    const { deleted } = await watching();
    await symlink(join(root, "b.canvas"), join(root, "link"));
    await rename(join(root, "link"), join(root, "a.canvas"));
    await vi.waitFor(() => expect(deleted).toContain("a.canvas"), WAIT);
  });

  it("tells nothing of folders that begin with a dot, nor of node_modules", async () => {
    await mkdir(join(root, ".obsidian"));
    const { seen } = await watching();
    await mkdir(join(root, ".trash"));
    await mkdir(join(root, "node_modules"));
    for (const folder of [".obsidian", ".trash", "node_modules"]) await writeFile(join(root, folder, "a.canvas"), "{}");
    await writeFile(join(root, "after.canvas"), "{}");
    await vi.waitFor(() => expect([...seen.keys()]).toEqual(["after.canvas"]), WAIT);
  });

  it.each(["a canvas", "a folder"])("tells of both paths of %s that moves", async (what) => {
    await mkdir(join(root, "old"));
    await writeFile(join(root, "old", "a.canvas"), "{}");
    const { seen, deleted } = await watching();
    if (what === "a folder") await rename(join(root, "old"), join(root, "new"));
    else await rename(join(root, "old", "a.canvas"), join(root, "b.canvas"));
    await vi.waitFor(() => {
      expect([...seen.keys()]).toEqual([what === "a folder" ? "new/a.canvas" : "b.canvas"]);
      expect(deleted).toContain("old/a.canvas");
    }, WAIT);
  });

  it("watches a vault whose folder is a link itself", async () => {
    const link = `${root}-link`;
    await symlink(root, link);
    const { seen } = await watching(link);
    await writeFile(join(root, "a.canvas"), "{}");
    await vi.waitFor(() => expect([...seen.keys()]).toEqual(["a.canvas"]), WAIT);
    await rm(link);
  });
});
