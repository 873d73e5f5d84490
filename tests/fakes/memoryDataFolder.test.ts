import { describe, expect, it } from "vitest";
import { dataFolderContract } from "../contracts/dataFolder";
import { MemoryDataFolder } from "./memoryDataFolder";

dataFolderContract("the folder in memory", async () => ({
  folder: new MemoryDataFolder(),
  close: async () => undefined,
}));

describe("the folder in memory", () => {
  it("cuts an append at any byte", async () => {
    const folder = new MemoryDataFolder();
    await folder.append("a.txt", "ab");
    folder.tearNext(2, "full");
    await expect(folder.append("a.txt", "€uro")).rejects.toMatchObject({ fault: "full" });
    expect([...folder.bytesOf("a.txt")]).toEqual([97, 98, 0xe2, 0x82]);
    await folder.append("a.txt", "c");
    expect(folder.textOf("a.txt")).toBe("ab\ufffdc");
  });

  it("holds appends back until they are released", async () => {
    const folder = new MemoryDataFolder();
    folder.hold();
    const waiting = folder.append("a.txt", "x");
    await Promise.resolve();
    expect(await folder.read("a.txt")).toBeNull();
    folder.release();
    await waiting;
    expect(await folder.read("a.txt")).toBe("x");
  });
});
