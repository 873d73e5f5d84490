import { describe, expect, it } from "vitest";
import { calmGuard } from "../../../../src/engine/canvas/deletionGuard";
import { ScanMemory, type SmallFile } from "../../../../src/engine/flow/capture/scanMemory";
import { canvas, EngineWorld } from "../engineWorld";

describe("what a scan leaves for the next", () => {
  it("is written by a later scan where it could not be written at first", async () => {
    let isFull = true;
    let kept: string | null = null;
    const file: SmallFile = {
      read: () => Promise.resolve(kept === null ? null : { text: kept }),
      write: async (text) => {
        if (isFull) throw new Error("the disk is full");
        kept = text;
      },
    };
    const memory = await ScanMemory.open(file);
    const result = { guard: calmGuard, complete: true, properties: "[]" };
    await expect(memory.scanned(result)).rejects.toThrow("full");
    expect(memory.firstIndex).toBe(true);
    isFull = false;
    await memory.scanned(result);
    const again = await ScanMemory.open(file);
    expect([again.firstIndex, again.lookedFor("[]")]).toEqual([false, true]);
  });

  it("still says that the vault is indexed after a restart, when the disk was full at the end of the first scan", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n1" }]), world.at(1));
    const engine = await world.open();
    const write = world.folder.write.bind(world.folder);
    world.folder.write = (path, text) => {
      if (!path.includes("/scan.")) return write(path, text);
      world.folder.write = write;
      return Promise.reject(new Error("the disk is full"));
    };
    await expect(engine.scan()).rejects.toThrow("full");
    await engine.scan();
    expect((await world.reopen()).firstIndex).toBe(false);
  });
});
