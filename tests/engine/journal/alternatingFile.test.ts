import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAlternatingFile } from "../../../src/engine/journal/alternatingFile";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";

function fileOf(folder: MemoryDataFolder): ReturnType<typeof createAlternatingFile> {
  return createAlternatingFile(folder, "graph/index", testHasher);
}

describe("an alternating file", () => {
  it("has nothing at first", async () => {
    expect(await fileOf(new MemoryDataFolder()).read()).toBeNull();
  });

  it("gives the newest text with its generation, also to the next process", async () => {
    const folder = new MemoryDataFolder();
    const file = fileOf(folder);
    for (const generation of [1, 2, 3]) {
      await file.write(`{"n":${generation}}`);
      expect(await fileOf(folder).read()).toEqual({ generation, text: `{"n":${generation}}` });
    }
    expect(folder.paths()).toEqual(["graph/index.a.json", "graph/index.b.json"]);
  });

  it("writes JSON that anybody can read", async () => {
    const folder = new MemoryDataFolder();
    await fileOf(folder).write(`{"n":"ä"}`);
    expect(JSON.parse(folder.textOf("graph/index.a.json"))).toMatchObject({ generation: 1, content: { n: "ä" } });
  });

  it("keeps the last good text when a write is cut at any byte, and goes on from it", async () => {
    const folder = new MemoryDataFolder();
    const file = fileOf(folder);
    await file.write(`{"n":1}`);
    await file.write(`{"n":"zwei €"}`);
    const length = folder.bytesOf("graph/index.b.json").length;
    for (let bytes = 0; bytes < length; bytes += 1) {
      const dying = folder.copy();
      dying.tearNext(bytes);
      await expect(fileOf(dying).write(`{"n":"drei €"}`)).rejects.toMatchObject({ name: "StorageError" });
      expect(await fileOf(dying).read()).toEqual({ generation: 2, text: `{"n":"zwei €"}` });
      await fileOf(dying).write(`{"n":4}`);
      expect(await fileOf(dying).read()).toEqual({ generation: 3, text: `{"n":4}` });
    }
  });

  it("writes over the cut text, not over the good one, after a write that failed", async () => {
    const folder = new MemoryDataFolder();
    const file = fileOf(folder);
    await file.write("1");
    folder.tearNext(5, "full");
    await expect(file.write("2")).rejects.toMatchObject({ fault: "full" });
    folder.tearNext(5, "full");
    await expect(file.write("2")).rejects.toMatchObject({ fault: "full" });
    expect(await file.read()).toEqual({ generation: 1, text: "1" });
  });

  it("takes writes that are asked for at once one after another", async () => {
    const folder = new MemoryDataFolder();
    const file = fileOf(folder);
    await Promise.all(["1", "2", "3"].map((text) => file.write(text)));
    expect(await fileOf(folder).read()).toEqual({ generation: 3, text: "3" });
  });

  it("passes on that it could not read, and overwrites nothing then", async () => {
    const folder = new MemoryDataFolder();
    await fileOf(folder).write("1");
    folder.unreadable = "denied";
    const file = fileOf(folder);
    await expect(file.read()).rejects.toMatchObject({ fault: "denied" });
    await expect(file.write("2")).rejects.toMatchObject({ fault: "denied" });
    folder.unreadable = null;
    expect(await file.read()).toEqual({ generation: 1, text: "1" });
  });

  it("never takes a changed file for a good one", async () => {
    const folder = new MemoryDataFolder();
    const file = fileOf(folder);
    await file.write(`{"older":1}`);
    await file.write(`{"newer":2}`);
    const good = folder.bytesOf("graph/index.b.json");
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const damaged = folder.copy();
        damaged.put("graph/index.b.json", good.map((byte, index) => (index === position ? byte ^ change : byte)));
        expect(await fileOf(damaged).read()).toEqual({ generation: 1, text: `{"older":1}` });
      }),
    );
  });
});
