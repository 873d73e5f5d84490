import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { makeHeadlessVault, type HeadlessVault } from "./headlessVault";

const LISTS = 990;

/** A canvas whose node and edge each hold lists in lists, as deep as a canvas may be read and a little less. */
function deepCanvas(innermost: string): string {
  const deep = `${"[".repeat(LISTS)}${JSON.stringify(innermost)}${"]".repeat(LISTS)}`;
  const node = `{"id":"n1","type":"text","text":"x","x":0,"y":0,"width":10,"height":10,"deep":${deep}}`;
  return `{"nodes":[${node}],"edges":[{"id":"e1","fromNode":"n1","toNode":"n1","deep":${deep}}]}`;
}

describe("a canvas that nests nearly as deep as it may", () => {
  const vaults: HeadlessVault[] = [];
  afterEach(async () => {
    for (const vault of vaults.splice(0)) await vault.remove();
  });

  it("is journaled, edited, rebuilt, kept in a checkpoint and folded again without one", async () => {
    const vault = await makeHeadlessVault();
    vaults.push(vault);
    const file = join(vault.folder, "deep.canvas");
    const scan = (): Promise<number> => vault.use(async ({ engine }) => (await engine.scan()).journaled);
    await writeFile(file, deepCanvas("first"));
    expect(await scan()).toBe(3);
    await writeFile(file, deepCanvas("second"));
    expect(await scan()).toBe(2);
    await vault.use(async ({ engine }) => {
      expect(await engine.mutate("deep.canvas", [{ kind: "set-color", id: "n1", color: "4" }])).toMatchObject({ kind: "written" });
      expect((await engine.scan()).journaled).toBe(1);
      for (const dryRun of [true, false]) {
        const report = await engine.rebuild({ dryRun, resend: false });
        expect(report).toMatchObject({ events: 6, differences: [] });
      }
    });
    expect(await readFile(file, "utf8")).toContain(`${"[".repeat(LISTS)}"second"`);
    expect(await scan()).toBe(0);
    await removeCheckpoints(vault.folder);
    await writeFile(file, deepCanvas("third").replace('"y":0', '"y":0,"color":"4"'));
    expect(await scan()).toBe(2);
  });
});

async function removeCheckpoints(folder: string): Promise<void> {
  const devices = join(folder, ".obsidian/plugins/canvas-engram/devices");
  for (const device of await readdir(devices)) await rm(join(devices, device, "graph"), { recursive: true });
}
