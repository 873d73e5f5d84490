import { chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { frontMatter } from "../../../src/adapters/node/frontMatter";
import { NodeVaultFiles } from "../../../src/adapters/node/nodeVaultFiles";
import { vaultPortContract, type VaultWorld } from "../../contracts/vaultPort";

const bases: string[] = [];
const forbidden: string[] = [];
afterAll(async () => {
  for (const folder of forbidden) await chmod(folder, 0o700);
  for (const base of bases) await rm(base, { recursive: true, force: true });
});

/** A vault folder beside a folder that is no part of it. Files take their places whole, as programs that save safely do it. */
async function openWorld(): Promise<VaultWorld> {
  const base = await mkdtemp(join(tmpdir(), "canvas-engram-vault-"));
  bases.push(base);
  const [root, outside] = [join(base, "vault"), join(base, "outside")];
  await mkdir(root);
  await mkdir(outside);
  await writeFile(join(outside, "secret.canvas"), "{}");
  const put = async (path: string, text: string, mtime: number): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    const fresh = join(base, "fresh");
    await writeFile(fresh, text);
    await utimes(fresh, mtime / 1_000, mtime / 1_000);
    await rename(fresh, join(root, path));
  };
  return {
    files: new NodeVaultFiles(root, (path) => !path.startsWith("out/")),
    canvas: put,
    note: (path, properties, mtime) => put(path, `---\n${stringify(properties)}---\n`, mtime),
    remove: (path) => rm(join(root, path)),
    block: async (path) => void (await mkdir(join(root, path))),
    links: async (file, folder, [from, to]) => {
      await symlink(join(outside, "secret.canvas"), join(root, file));
      await symlink(outside, join(root, folder));
      await symlink(join(root, to), join(root, from));
    },
    // Nothing is forbidden to root.
    forbid: process.getuid?.() === 0 ? null : (folder) => forbid(join(root, folder)),
  };
}

async function forbid(folder: string): Promise<void> {
  forbidden.push(folder);
  await chmod(folder, 0);
}

vaultPortContract("a vault folder", openWorld);

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

  it("follows no links, neither out of the vault nor in circles", async () => {
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
    const files = new NodeVaultFiles(vault, () => true);
    for (const path of ["dangling.canvas", "loop.canvas", "again/a.canvas", "sub/circle/sub/a.canvas"]) {
      expect(await files.readCanvas(path), path).toEqual({ kind: "missing" });
    }
  });

  it("reads a vault whose folder is a link itself", async () => {
    await put("a.canvas");
    await symlink(vault, join(base, "link"));
    const files = new NodeVaultFiles(join(base, "link"), () => true);
    expect((await files.list()).canvases).toHaveLength(1);
    expect(await files.readCanvas("a.canvas")).toMatchObject({ kind: "read" });
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
