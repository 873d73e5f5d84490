import { describe, expect, it } from "vitest";
import { DiskOverflow } from "../../../../src/engine/batch/batcher/diskOverflow";
import { createSealedLog } from "../../../../src/engine/journal/sealedLog";
import { overflowContract } from "../../../contracts/overflow";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { MemoryOverflow } from "../../../fakes/memoryOverflow";
import { testHasher } from "../../../fakes/testHasher";

function diskOverflow(folder: MemoryDataFolder, mostItems = 5_000): DiskOverflow<string> {
  return new DiskOverflow({
    open: (name) => createSealedLog(folder, `overflow/${name}`, testHasher),
    hasher: testHasher,
    mostItems,
    encode: (item) => item,
    decode: (value) => {
      if (typeof value !== "string") throw new Error("expected text");
      return value;
    },
  });
}

overflowContract("memory", (room) => {
  const overflow = new MemoryOverflow<string>(room);
  return { overflow, break: () => (overflow.failing = new Error("broken")) };
});

overflowContract("disk", (room) => {
  const folder = new MemoryDataFolder();
  return { overflow: diskOverflow(folder, room), break: () => (folder.refusing = "full") };
});

describe("an overflow on disk", () => {
  it("leaves no file behind what was taken", async () => {
    const folder = new MemoryDataFolder();
    const overflow = diskOverflow(folder);
    await overflow.put("d", Array.from({ length: 2_500 }, (_, index) => `i${index}`));
    expect(folder.paths().length).toBeGreaterThan(0);
    while ((await overflow.take("d", 1_000)).length > 0);
    expect(folder.paths()).toEqual([]);
  });

  it("gives nothing out of a write that was cut, and everything before and after it", async () => {
    const folder = new MemoryDataFolder();
    const overflow = diskOverflow(folder);
    await overflow.put("d", ["a"]);
    folder.tearNext(40, "full");
    await expect(overflow.put("d", ["lost1", "lost2"])).rejects.toThrow();
    await overflow.put("d", ["b"]);
    folder.tearNext(60, "full");
    await expect(overflow.put("e", ["lost3", "lost4"])).rejects.toThrow();
    await overflow.put("e", ["c"]);
    const all = async (domain: string): Promise<unknown[]> => [...(await overflow.take(domain, 9)), ...(await overflow.take(domain, 9))];
    expect(await all("d")).toEqual([{ kind: "item", item: "a" }, { kind: "item", item: "b" }]);
    expect(await all("e")).toEqual([{ kind: "item", item: "c" }]);
  });

  it("keeps the place of an item whose line was damaged", async () => {
    const folder = new MemoryDataFolder();
    const overflow = diskOverflow(folder);
    await overflow.put("d", ["first", "second", "third"]);
    const [path = ""] = folder.paths();
    folder.put(path, folder.textOf(path).replace("second", "sEcond"));
    expect(await overflow.take("d", 9)).toEqual([{ kind: "item", item: "first" }, { kind: "lost" }, { kind: "item", item: "third" }]);
  });

  it("loses only the item that cannot be written or read, and keeps its place", async () => {
    const folder = new MemoryDataFolder();
    const strict = (bad: string, item: unknown): string => {
      if (typeof item !== "string" || item === bad) throw new Error(`cannot take ${bad}`);
      return item;
    };
    const overflow = new DiskOverflow<string>({
      open: (name) => createSealedLog(folder, `overflow/${name}`, testHasher),
      hasher: testHasher,
      mostItems: 10,
      encode: (item) => strict("unwritable", item),
      decode: (value) => strict("unreadable", value),
    });
    expect(await overflow.put("d", ["a", "unwritable", "unreadable", "b"])).toBe(true);
    expect(await overflow.take("d", 9)).toEqual([{ kind: "item", item: "a" }, { kind: "lost" }, { kind: "lost" }, { kind: "item", item: "b" }]);
    expect(folder.paths()).toEqual([]);
  });

  it("gives the same items again after a file could not be read", async () => {
    const folder = new MemoryDataFolder();
    const overflow = diskOverflow(folder);
    await overflow.put("d", ["a", "b"]);
    folder.unreadable = "other";
    await expect(overflow.take("d", 9)).rejects.toThrow();
    folder.unreadable = null;
    expect(await overflow.take("d", 9)).toEqual([{ kind: "item", item: "a" }, { kind: "item", item: "b" }]);
  });
});
