import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NodeDataFolder } from "../../../src/adapters/node/nodeDataFolder";
import { dataFolderContract } from "../../contracts/dataFolder";

dataFolderContract("a folder of this machine", async () => {
  const base = await mkdtemp(join(tmpdir(), "engram-folder-"));
  const folder = new NodeDataFolder(join(base, "plugin", "data"));
  return {
    folder,
    close: async () => {
      await folder.close();
      await rm(base, { recursive: true, force: true });
    },
  };
});

describe("a folder of this machine", () => {
  let base: string;
  let root: string;
  let folder: NodeDataFolder;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "engram-folder-"));
    root = join(base, "data");
    folder = new NodeDataFolder(root, base);
  });

  afterEach(async () => {
    await folder.close();
    await rm(base, { recursive: true, force: true });
  });

  it.each(["../x", "a/../x", "/x", "a//b", "a\\b", "a\0b", "./x", "C:x", "a/"])("refuses the path %j", async (path) => {
    await expect(folder.append(path, "x")).rejects.toMatchObject({ name: "StorageError", fault: "denied" });
    await expect(folder.read(path)).rejects.toMatchObject({ fault: "denied" });
    await expect(folder.stream(path)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ fault: "denied" });
    expect(await readdir(base)).toEqual([]);
  });

  it("makes no folder while its anchor is away", async () => {
    await rm(base, { recursive: true });
    await expect(folder.append("a.txt", "x")).rejects.toMatchObject({ fault: "gone" });
    await expect(folder.write("a.txt", "x")).rejects.toMatchObject({ fault: "gone" });
    await mkdir(base);
    await folder.append("a.txt", "back");
    expect(await folder.read("a.txt")).toBe("back");
  });

  it("refuses an append whose file another program removed or replaced, and then writes to the new one", async () => {
    await folder.append("a.txt", "1");
    await rm(join(root, "a.txt"));
    await expect(folder.append("a.txt", "2")).rejects.toMatchObject({ fault: "gone" });
    await folder.append("a.txt", "3");
    await writeFile(join(root, "other"), "replaced ");
    await rename(join(root, "other"), join(root, "a.txt"));
    await expect(folder.append("a.txt", "4")).rejects.toMatchObject({ fault: "gone" });
    await folder.append("a.txt", "5");
    expect(await readFile(join(root, "a.txt"), "utf8")).toBe("replaced 5");
  });

  it("says what the system does not allow", async (context) => {
    context.skip(process.platform === "win32" || process.getuid?.() === 0, "a superuser may write everywhere");
    await folder.append("kept/a.txt", "x");
    await chmod(join(root, "kept"), 0o500);
    await expect(folder.append("kept/b.txt", "x")).rejects.toMatchObject({ fault: "denied" });
    await chmod(join(root, "kept"), 0o700);
  });

  it("says that the disk is full", async (context) => {
    context.skip(process.platform !== "linux", "only Linux has /dev/full");
    const devices = new NodeDataFolder("/dev");
    await expect(devices.append("full", "x")).rejects.toMatchObject({ fault: "full" });
    await devices.close();
  });

  it("keeps appending to more files than it holds open", async () => {
    for (const round of [1, 2]) {
      for (let file = 0; file < 12; file += 1) await folder.append(`${file}.txt`, `${round}`);
    }
    for (let file = 0; file < 12; file += 1) expect(await folder.read(`${file}.txt`)).toBe("12");
  });

  it("does not show what a killed write left behind", async () => {
    await folder.write("a.json", "good");
    await writeFile(join(root, "a.json.tmp"), "ha");
    expect((await folder.list("")).files).toEqual([{ name: "a.json", size: 4 }]);
    await folder.write("a.json", "better");
    expect(await readdir(root)).toEqual(["a.json"]);
  });

  it("lets exactly one of many make a file", async () => {
    const others = Array.from({ length: 8 }, () => new NodeDataFolder(root));
    const made = await Promise.all(others.map((other, index) => other.createExclusive("lock.json", `${index}`)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await folder.read("lock.json")).toBe(`${made.indexOf(true)}`);
  });

  it("gives U+FFFD for bytes that are no UTF-8, the same by read and by stream", async () => {
    await mkdir(root, { recursive: true });
    await writeFile(join(root, "a.txt"), Buffer.from([0x61, 0xe2, 0x82, 0x0a, 0xff, 0x62, 0xf0, 0x9f]));
    let streamed = "";
    for await (const chunk of folder.stream("a.txt")) streamed += chunk;
    expect(await folder.read("a.txt")).toBe("a\ufffd\n\ufffdb\ufffd");
    expect(streamed).toBe("a\ufffd\n\ufffdb\ufffd");
  });
});
