import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { frontMatter } from "../../../src/adapters/node/frontMatter";
import { NodeVaultFiles } from "../../../src/adapters/node/nodeVaultFiles";

describe("the files of a vault folder", () => {
  let base = "";
  let vault = "";
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "canvas-engram-vault-"));
    vault = join(base, "vault");
    await mkdir(join(vault, "sub"), { recursive: true });
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  const put = async (path: string, text = "{}"): Promise<void> => {
    await mkdir(join(vault, path, ".."), { recursive: true });
    await writeFile(join(vault, path), text);
  };
  const canvases = async (): Promise<string[]> => (await new NodeVaultFiles(vault, () => true).list()).canvases.map((file) => file.path).sort();

  it("lists canvases and notes with time and size, and neither hidden folders nor node_modules", async () => {
    await put("a.canvas");
    await put("sub/Ünï 📝.canvas", "{ }");
    await put("sub/n.md", "text");
    await put("other.txt");
    await put(".obsidian/x.canvas");
    await put("node_modules/y.canvas");
    await put(".hidden.canvas");
    await utimes(join(vault, "a.canvas"), 1_700_000_000, 1_700_000_000.25);
    const listing = await new NodeVaultFiles(vault, () => true).list();
    expect(await canvases()).toEqual(["a.canvas", "sub/Ünï 📝.canvas"]);
    expect(listing.canvases.find((file) => file.path === "a.canvas")).toMatchObject({ mtime: 1_700_000_000_250, size: 2 });
    expect(listing.notes.map((file) => file.path)).toEqual(["sub/n.md"]);
    expect(listing.unreadable).toEqual([]);
  });

  it("follows links inside the vault once, none that lead out, and none in circles", async () => {
    await put("sub/a.canvas");
    await mkdir(join(base, "outside"));
    await writeFile(join(base, "outside", "secret.canvas"), "{}");
    await symlink(join(base, "outside"), join(vault, "out"));
    await symlink(join(base, "outside", "secret.canvas"), join(vault, "secret.canvas"));
    await symlink(vault, join(vault, "sub", "circle"));
    await symlink(join(vault, "sub"), join(vault, "again"));
    await symlink(join(vault, "nowhere"), join(vault, "dangling.canvas"));
    await symlink("loop.canvas", join(vault, "loop.canvas"));
    expect(await canvases()).toEqual(["sub/a.canvas"]);
  });

  it("reads text as it is, with the time of exactly this text", async () => {
    await put("a.canvas", "\uFEFF{\r\n}");
    await utimes(join(vault, "a.canvas"), 5, 5);
    expect(await new NodeVaultFiles(vault, () => true).readCanvas("a.canvas")).toEqual({ kind: "read", content: "\uFEFF{\r\n}", mtime: 5_000, size: 7 });
  });

  it("tells a missing file from one that cannot be read", async () => {
    await mkdir(join(vault, "folder.canvas"));
    const files = new NodeVaultFiles(vault, () => true);
    expect(await files.readCanvas("none.canvas")).toEqual({ kind: "missing" });
    expect(await files.readCanvas("folder.canvas")).toMatchObject({ kind: "unreadable" });
  });

  it("reports a vault that is gone instead of an empty one", async () => {
    await rm(vault, { recursive: true });
    await expect(new NodeVaultFiles(vault, () => true).list()).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("front matter", () => {
  it.each([
    ["---\nscore: 80\nmastery: learning\n---\ntext", { score: 80, mastery: "learning" }],
    ["\uFEFF---\r\nsr-due: 2030-12-31\r\n---\r\n", { "sr-due": "2030-12-31" }],
    ["---\nlist: [1, two, null]\n---", { list: [1, "two", null] }],
    ["text without any", {}],
    ["text\n---\nscore: 1\n---\n", {}],
    ["---\nscore: [\n---\n", {}],
    ["---\njust text\n---\n", {}],
    ["---\n---\n", {}],
    ["---\nscore: .inf\n---\n", { score: null }],
  ])("reads %j", (text, properties) => {
    expect(frontMatter(text)).toEqual(properties);
  });
});
