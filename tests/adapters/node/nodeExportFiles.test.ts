import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { NodeExportFiles } from "../../../src/adapters/node/nodeExportFiles";
import type { ExportTarget } from "../../../src/engine/tasks/export/exportFiles";
import { exportFilesContract, type ExportVault } from "../../contracts/exportFiles";
import { folderOnDisk, type FolderOnDisk } from "../../fakes/folderOnDisk";

const opened: FolderOnDisk[] = [];
afterAll(() => Promise.all(opened.map((folder) => folder.remove())));

async function openVault(): Promise<ExportVault & FolderOnDisk> {
  const folder = await folderOnDisk();
  opened.push(folder);
  return { ...folder, files: new NodeExportFiles(folder.root) };
}

exportFilesContract("a vault folder", openVault);

const target: ExportTarget = { folder: "Exports", name: "stats", key: "k1", extension: "json" };

async function* text(): AsyncGenerator<string> {
  yield await Promise.resolve("text");
}

describe("exports into a vault folder", () => {
  it("writes nothing through a link, wherever it leads", async () => {
    const { files, paths, root } = await openVault();
    const outside = await openVault();
    await mkdir(join(root, "own"));
    await symlink(outside.root, join(root, "out"));
    await symlink(join(root, "own"), join(root, "again"));
    await symlink(join(root, "nowhere"), join(root, "dangling"));
    for (const folder of ["out", "out/deeper", "again", "dangling", "dangling/deeper"]) {
      await expect(files.write({ ...target, folder }, text()), folder).rejects.toMatchObject({ name: "StorageError", fault: "denied" });
    }
    expect([await outside.paths(), await readdir(outside.root), await paths()]).toEqual([[], [], []]);
  });

  it("writes into a vault whose folder is a link itself", async () => {
    const { peek, root } = await openVault();
    const link = `${root}-link`;
    await symlink(root, link);
    opened.push({ ...(await openVault()), remove: async () => (await import("node:fs/promises")).unlink(link) });
    expect((await new NodeExportFiles(link).write(target, text())).path).toBe("Exports/stats k1.json");
    expect(await peek("Exports/stats k1.json")).toBe("text");
  });

  it("does not make a vault that is away", async () => {
    const { files, remove, root } = await openVault();
    await remove();
    await expect(files.write(target, text())).rejects.toMatchObject({ name: "StorageError", fault: "gone" });
    await expect(readdir(root)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("says which file it could not write, by its path in the vault", async () => {
    const { files, put, paths } = await openVault();
    await put("Exports", "a file where the folder should be");
    await expect(files.write(target, text())).rejects.toThrow(/^Exports\/stats k1\.json could not be read or kept: /);
    await expect(files.write({ ...target, folder: "Exports/deeper" }, text())).rejects.toMatchObject({ name: "StorageError" });
    expect(await paths()).toEqual(["Exports"]);
  });
});
