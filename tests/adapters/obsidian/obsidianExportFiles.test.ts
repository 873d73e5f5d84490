import { afterAll, describe, expect, it } from "vitest";
import { ObsidianExportFiles } from "../../../src/adapters/obsidian/obsidianExportFiles";
import { exportFilesContract, type ExportVault } from "../../contracts/exportFiles";
import { folderOnDisk, type FolderOnDisk } from "../../fakes/folderOnDisk";
import { NodeDataAdapter } from "../../fakes/nodeDataAdapter";

const opened: FolderOnDisk[] = [];
afterAll(() => Promise.all(opened.map((folder) => folder.remove())));

async function openVault(): Promise<ExportVault & FolderOnDisk & { readonly adapter: NodeDataAdapter }> {
  const folder = await folderOnDisk();
  opened.push(folder);
  const adapter = new NodeDataAdapter(folder.root);
  return { ...folder, adapter, files: new ObsidianExportFiles(adapter) };
}

exportFilesContract("Obsidian's adapter", openVault);

describe("exports through Obsidian's adapter", () => {
  const target = { folder: "Exports", name: "stats", key: "k1", extension: "json" };

  it("says that the disk is full, and writes the whole file once it is not", async () => {
    const { adapter, files, paths, peek } = await openVault();
    async function* filling(): AsyncGenerator<string> {
      yield await Promise.resolve("x".repeat(600_000));
      adapter.fail = "ENOSPC";
      yield "y".repeat(600_000);
    }
    await expect(files.write(target, filling())).rejects.toThrow("Exports/stats k1.json could not be kept: the disk is full (ENOSPC).");
    expect(await paths()).toEqual(["Exports/export k1.part"]);
    adapter.fail = null;
    async function* small(): AsyncGenerator<string> {
      yield await Promise.resolve("small");
    }
    expect(await files.write(target, small())).toMatchObject({ kind: "written", bytes: 5 });
    expect([await paths(), await peek("Exports/stats k1.json")]).toEqual([["Exports/stats k1.json"], "small"]);
  });

  it("spells the folder as Obsidian does", async () => {
    const { files } = await openVault();
    async function* none(): AsyncGenerator<string> {}
    expect((await files.write({ ...target, folder: "Cafe\u0301\u00a0x" }, none())).path).toBe("Caf\u00e9 x/stats k1.json");
  });
});
