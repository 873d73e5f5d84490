import { mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { NodeCanvasFiles } from "../../../src/adapters/node/nodeCanvasFiles";
import { canvasFilesContract, type CanvasFilesVault } from "../../contracts/canvasFiles";

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function openVault(): Promise<CanvasFilesVault & { root: string }> {
  const root = await mkdtemp(join(tmpdir(), "canvas-engram-canvases-"));
  folders.push(root);
  return {
    root,
    files: new NodeCanvasFiles(root),
    put: async (path, text) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, "utf8");
    },
    peek: (path) => readFile(join(root, path), "utf8").catch(() => null),
    paths: async () => (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name),
  };
}

canvasFilesContract("a vault folder", openVault);

describe("canvas files of a vault folder", () => {
  it("never overwrites what another program wrote meanwhile", async () => {
    const { files, peek, put, root } = await openVault();
    await put("a.canvas", "0");
    let seen: string[] = [];
    const { writeFileSync } = await import("node:fs");
    const outcome = await files.process("a.canvas", (text) => {
      seen = [...seen, text];
      if (seen.length < 3) writeFileSync(join(root, "a.canvas"), String(seen.length));
      return `${text}!`;
    });
    expect([outcome.kind, seen, await peek("a.canvas")]).toEqual(["written", ["0", "1", "2"], "2!"]);
  });

  it("gives up on a file that never stands still, and leaves it and the folder as they are", async () => {
    const { files, paths, put, root } = await openVault();
    await put("a.canvas", "0");
    const { writeFileSync } = await import("node:fs");
    let count = 0;
    const outcome = await files.process("a.canvas", (text) => {
      writeFileSync(join(root, "a.canvas"), String((count += 1)));
      return `${text}!`;
    });
    expect(outcome.kind).toBe("busy");
    expect(await readFile(join(root, "a.canvas"), "utf8")).toBe(String(count));
    expect(await paths()).toEqual(["a.canvas"]);
  });

  it("takes a link for no file, reads nothing through it and leaves it and what it leads to", async () => {
    const { files, peek, put, root } = await openVault();
    const outside = await openVault();
    await outside.put("secret.canvas", "secret");
    await put("own.canvas", "own");
    await symlink(join(outside.root, "secret.canvas"), join(root, "file.canvas"));
    await symlink(outside.root, join(root, "folder"));
    await symlink(join(root, "own.canvas"), join(root, "again.canvas"));
    for (const path of ["file.canvas", "folder/secret.canvas", "again.canvas"]) {
      expect(await files.read(path), path).toBeNull();
      expect(await files.process(path, (text) => `${text}!`), path).toEqual({ kind: "missing" });
    }
    expect([await outside.peek("secret.canvas"), await peek("own.canvas"), await peek("again.canvas")]).toEqual(["secret", "own", "own"]);
  });

  it("works in a vault whose folder is a link itself", async () => {
    const { peek, put, root } = await openVault();
    await put("a.canvas", "text");
    await symlink(root, `${root}-link`);
    folders.push(`${root}-link`);
    expect(await new NodeCanvasFiles(`${root}-link`).process("a.canvas", (text) => `${text}!`)).toEqual({ kind: "written" });
    expect(await peek("a.canvas")).toBe("text!");
  });

  it("waits while Obsidian writes the canvas, and then changes what that wrote", async () => {
    const { files, peek, put } = await openVault();
    await put("x/a.canvas", "0");
    await put("x/.a.canvas.app", "");
    const seen: string[] = [];
    const done = files.process("x/a.canvas", (text) => {
      seen.push(text);
      return `${text}!`;
    });
    await expect.poll(() => seen).toEqual(["0"]);
    await put("x/a.canvas", "1");
    expect(await peek("x/a.canvas")).toBe("1");
    await rm(join(folders.at(-1) ?? "", "x/.a.canvas.app"));
    expect([await done, await peek("x/a.canvas")]).toEqual([{ kind: "written" }, "1!"]);
  });

  it("does not wait for the mark of an app that died", async () => {
    const { files, peek, put, root } = await openVault();
    await put("a.canvas", "0");
    await put(".a.canvas.app", "");
    const longAgo = Date.now() / 1000 - 60;
    await utimes(join(root, ".a.canvas.app"), longAgo, longAgo);
    expect([await files.process("a.canvas", (text) => `${text}!`), await peek("a.canvas")]).toEqual([{ kind: "written" }, "0!"]);
  });
});
