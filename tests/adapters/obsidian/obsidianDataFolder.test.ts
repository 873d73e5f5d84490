import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ObsidianDataFolder } from "../../../src/adapters/obsidian/obsidianDataFolder";
import { dataFolderContract } from "../../contracts/dataFolder";
import { NodeDataAdapter } from "../../fakes/nodeDataAdapter";

const ROOT = ".obsidian/plugins/canvas-engram";

function temporary(): { vault: string; adapter: NodeDataAdapter; folder: ObsidianDataFolder } {
  const vault = mkdtempSync(join(tmpdir(), "engram-folder-"));
  mkdirSync(join(vault, ".obsidian"));
  const adapter = new NodeDataAdapter(vault);
  return { vault, adapter, folder: new ObsidianDataFolder(adapter, ROOT) };
}

dataFolderContract("ObsidianDataFolder", async () => {
  const { vault, folder } = temporary();
  return { folder, close: async () => rmSync(vault, { recursive: true, force: true }) };
});

describe("ObsidianDataFolder", () => {
  let vault: string;
  let adapter: NodeDataAdapter;
  let folder: ObsidianDataFolder;

  beforeEach(() => {
    ({ vault, adapter, folder } = temporary());
  });

  afterEach(() => rmSync(vault, { recursive: true, force: true }));

  it.each([
    ["ENOSPC", "full"],
    ["EDQUOT", "full"],
    ["EACCES", "denied"],
    ["EROFS", "denied"],
    ["EIO", "other"],
  ])("says what %s means", async (code, fault) => {
    adapter.fail = code;
    await expect(folder.append("journal/1.ndjson", "line")).rejects.toMatchObject({ name: "StorageError", fault });
  });

  it("goes on when the disk has room again", async () => {
    adapter.fail = "ENOSPC";
    await expect(folder.append("journal/1.ndjson", "lost\n")).rejects.toMatchObject({ fault: "full" });
    adapter.fail = null;
    await folder.append("journal/1.ndjson", "kept\n");
    expect(readFileSync(join(vault, ROOT, "journal/1.ndjson"), "utf8")).toBe("kept\n");
  });

  it("names the file and never its contents", async () => {
    adapter.fail = "ENOSPC";
    await expect(folder.write("journal/1.ndjson", "my secret note")).rejects.toThrow(
      /^journal\/1\.ndjson could not be kept: the disk is full \(ENOSPC\)\.$/,
    );
  });

  it("makes its folders again when somebody removed them", async () => {
    await folder.append("journal/1.ndjson", "one\n");
    rmSync(join(vault, ROOT), { recursive: true });
    await folder.append("journal/1.ndjson", "two\n");
    expect(await folder.read("journal/1.ndjson")).toBe("two\n");
  });

  it("removes a folder with everything in it, and only that one", async () => {
    await folder.write("devices/a/journal/1.ndjson", "a");
    await folder.write("devices/b/journal/1.ndjson", "b");
    await folder.removeFolder("devices/a");
    await folder.removeFolder("devices/a");
    expect((await folder.list("devices")).folders).toEqual(["b"]);
    await folder.write("devices/a/journal/1.ndjson", "again");
    expect(await folder.read("devices/a/journal/1.ndjson")).toBe("again");
  });
});
