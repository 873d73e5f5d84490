import { describe, expect, it } from "vitest";
import { indexItems } from "../../../../src/engine/flow/tasks/indexItems";
import { MemoryVaultFiles } from "../../../fakes/memoryVaultFiles";

function vaultWith(...paths: readonly string[]): MemoryVaultFiles {
  const vault = new MemoryVaultFiles();
  for (const path of paths) vault.canvas(path, "{}", 1);
  return vault;
}

describe("the items of an index task", () => {
  it("are the canvases of the vault, sorted", async () => {
    const vault = vaultWith("b.canvas", "Courses/a.canvas", "a.canvas");
    expect(await indexItems(vault, [{ all: true }])).toEqual([{ canvas: "Courses/a.canvas" }, { canvas: "a.canvas" }, { canvas: "b.canvas" }]);
  });

  it("are those below a folder and of no folder with a longer name", async () => {
    const vault = vaultWith("Courses/a.canvas", "Courses/deep/b.canvas", "Courses 2/c.canvas", "d.canvas");
    expect(await indexItems(vault, [{ folder: "./Courses//" }])).toEqual([{ canvas: "Courses/a.canvas" }, { canvas: "Courses/deep/b.canvas" }]);
  });

  it("stand once each, however often they are asked for", async () => {
    const vault = vaultWith("Courses/a.canvas", "b.canvas");
    const requests = [{ canvas: "./b.canvas" }, { folder: "Courses" }, { canvas: "Courses/a.canvas" }, { canvas: "b.canvas" }];
    expect(await indexItems(vault, requests)).toEqual([{ canvas: "b.canvas" }, { canvas: "Courses/a.canvas" }]);
  });

  it("leave out what the user keeps out", async () => {
    const vault = vaultWith("private/a.canvas", "b.canvas");
    vault.keptOut = "private";
    expect(await indexItems(vault, [{ all: true }])).toEqual([{ canvas: "b.canvas" }]);
  });

  it("name a canvas that is asked for whether it is there or not", async () => {
    expect(await indexItems(vaultWith(), [{ canvas: "gone.canvas" }])).toEqual([{ canvas: "gone.canvas" }]);
  });

  it("keep a folder that cannot be read, so that the task says so", async () => {
    const vault = vaultWith("Courses/a.canvas", "b.canvas");
    vault.unreadable.set("Courses", "no permission");
    expect(await indexItems(vault, [{ all: true }])).toEqual([{ canvas: "b.canvas" }, { folder: "Courses" }]);
    expect(await indexItems(vault, [{ folder: "Courses/deep" }])).toEqual([{ folder: "Courses" }]);
  });

  it.each([
    [{ folder: "Nothing" }, 'There is no canvas in the folder "Nothing".'],
    [{ all: true }, "There is no canvas in this vault."],
    [{ folder: "/" }, 'The folder has no name. The whole vault is {"all": true}.'],
    [{ folder: "a/../.." }, '"a/../.." leads out of the vault.'],
    [{ canvas: "note.md" }, '"note.md" is no canvas of the vault: it does not end with .canvas.'],
    [{ canvas: "../a.canvas" }, '"../a.canvas" is no canvas of the vault: it leads out of the vault.'],
    [{ all: false }, "An item of the kind index is"],
    [{ all: true, folder: "a" }, "An item of the kind index is"],
    ["a.canvas", "An item of the kind index is"],
    [null, "An item of the kind index is"],
  ])("are refused for %j", async (request, reason) => {
    const made = indexItems(vaultWith(), [request]);
    await expect(made).rejects.toThrow(RangeError);
    await expect(made).rejects.toThrow(reason);
  });
});
