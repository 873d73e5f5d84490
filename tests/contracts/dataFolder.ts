import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageError, type DataFolder } from "../../src/engine/index";

export interface DataFolderUnderTest {
  readonly folder: DataFolder;
  close(): Promise<void>;
}

/** What every host's data folder must do. `make` gives an empty one. */
export function dataFolderContract(name: string, make: () => Promise<DataFolderUnderTest>): void {
  describe(`${name} as a data folder`, () => {
    let subject: DataFolderUnderTest;
    let folder: DataFolder;

    beforeEach(async () => {
      subject = await make();
      folder = subject.folder;
    });

    afterEach(() => subject.close());

    it("shows nothing where nothing was written", async () => {
      expect(await folder.list("")).toEqual({ files: [], folders: [] });
      expect(await folder.list("a/b")).toEqual({ files: [], folders: [] });
      expect(await folder.read("a/b.txt")).toBeNull();
      expect(await streamed(folder, "a/b.txt")).toEqual([]);
    });

    it("makes the file and its folders at the first append", async () => {
      await folder.append("a/b/c.txt", "one\n");
      await folder.append("a/b/c.txt", "two\n");
      expect(await folder.read("a/b/c.txt")).toBe("one\ntwo\n");
    });

    it("keeps the order of appends that are asked for at once", async () => {
      const lines = Array.from({ length: 50 }, (_, index) => `${index}\n`);
      await Promise.all(lines.map((line) => folder.append("a.txt", line)));
      expect(await folder.read("a.txt")).toBe(lines.join(""));
    });

    it("replaces the whole file on write", async () => {
      await folder.write("a/b.txt", "a long text");
      await folder.write("a/b.txt", "short");
      expect(await folder.read("a/b.txt")).toBe("short");
    });

    it("appends to what was written, and anew after a removal", async () => {
      await folder.append("a.txt", "gone");
      await folder.write("a.txt", "kept ");
      await folder.append("a.txt", "and more");
      expect(await folder.read("a.txt")).toBe("kept and more");
      await folder.remove("a.txt");
      expect(await folder.read("a.txt")).toBeNull();
      await folder.append("a.txt", "new");
      expect(await folder.read("a.txt")).toBe("new");
    });

    it("removes a file that is not there", async () => {
      await folder.remove("a/b.txt");
      expect(await folder.list("")).toEqual({ files: [], folders: [] });
    });

    it("lists what lies directly in a folder, with sizes in bytes", async () => {
      await folder.append("top/é.txt", "äöü");
      await folder.write("top/b.json", "12345");
      await folder.append("top/deeper/c.txt", "x");
      await folder.append("other/d.txt", "x");
      const { files, folders } = await folder.list("top");
      expect([...files].sort((a, b) => a.size - b.size)).toEqual([
        { name: "b.json", size: 5 },
        { name: "é.txt", size: 6 },
      ]);
      expect(folders).toEqual(["deeper"]);
      expect([...(await folder.list("")).folders].sort()).toEqual(["other", "top"]);
    });

    it("streams the text of read, and cuts no character", async () => {
      const text = "\ufeffa€😀\n".repeat(60_000);
      await folder.append("a.txt", text);
      const chunks = await streamed(folder, "a.txt");
      expect(chunks.join("") === text).toBe(true);
      expect(chunks.every((chunk) => chunk !== "" && !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(chunk))).toBe(true);
      expect((await folder.read("a.txt")) === text).toBe(true);
    });

    it("streams from a byte on, and nothing behind the end", async () => {
      await folder.append("a.txt", "ä€\n");
      await folder.append("a.txt", `😀b\n${"c".repeat(200_000)}`);
      expect((await streamed(folder, "a.txt", 6)).join("")).toBe(`😀b\n${"c".repeat(200_000)}`);
      expect((await streamed(folder, "a.txt", 200_000)).join("")).toBe("c".repeat(12));
      expect(await streamed(folder, "a.txt", 200_012)).toEqual([]);
      expect(await streamed(folder, "a.txt", 900_000)).toEqual([]);
      expect(await streamed(folder, "none.txt", 3)).toEqual([]);
    });

    it("keeps an empty file apart from a missing one", async () => {
      await folder.write("a.txt", "");
      expect(await folder.read("a.txt")).toBe("");
      expect(await folder.list("")).toEqual({ files: [{ name: "a.txt", size: 0 }], folders: [] });
    });

    it("says with a StorageError that it cannot write below a file", async () => {
      await folder.write("a", "a file");
      await expect(folder.append("a/b.txt", "x")).rejects.toBeInstanceOf(StorageError);
      await expect(folder.write("a/b.txt", "x")).rejects.toBeInstanceOf(StorageError);
      expect(await folder.read("a")).toBe("a file");
    });
  });
}

async function streamed(folder: DataFolder, path: string, from?: number): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of folder.stream(path, from)) chunks.push(chunk);
  return chunks;
}
