import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchVault, type VaultWatcher } from "../../../src/adapters/node/nodeVaultWatcher";

const WAIT = { timeout: 10_000 };

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
async function watching(): Promise<{ seen: Map<string, string[]>; deleted: string[] }> {
  const seen = new Map<string, string[]>();
  const deleted: string[] = [];
  const look = (path: string): void => {
    readFile(join(root, path), "utf8").then(
      (text) => seen.set(path, [...(seen.get(path) ?? []), text]),
      () => seen.set(path, [...(seen.get(path) ?? []), "missing"]),
    );
  };
  watcher = watchVault(root, () => true, {
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
});
