import { describe, expect, it } from "vitest";
import { journaledVault, silentLogger } from "../../../../src/engine/index";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { testHasher } from "../../../fakes/testHasher";
import { DEVICE, EngineWorld, VAULT } from "../engineWorld";

const ask = (folder: MemoryDataFolder, device = DEVICE): Promise<string | null> =>
  journaledVault({ folder, device, hasher: testHasher, logger: silentLogger });

async function journaled(): Promise<MemoryDataFolder> {
  const world = new EngineWorld();
  const engine = await world.open();
  await engine.record({ type: "score_submitted", note: "n.md", score: 5 });
  await engine.stop();
  return world.folder;
}

describe("the vault that the journals are about", () => {
  it("is the one of the last event, with a torn line after it", async () => {
    const folder = await journaled();
    const [segment = ""] = folder.paths().filter((path) => path.includes("/journal/"));
    folder.put(segment, `${folder.textOf(segment)}{"v":1,"id"`);
    expect(await ask(folder)).toBe(VAULT);
  });

  it("is another device's where this one has no event", async () => {
    expect(await ask(await journaled(), "device0000000002")).toBe(VAULT);
  });

  it("is not known without an event, and looking changes nothing", async () => {
    const folder = new MemoryDataFolder();
    expect(await ask(folder)).toBeNull();
    const full = await journaled();
    const before = full.paths().map((path) => full.textOf(path));
    await ask(full);
    expect(full.paths().map((path) => full.textOf(path))).toEqual(before);
  });
});
