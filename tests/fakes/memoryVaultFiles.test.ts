import { vaultPortContract } from "../contracts/vaultPort";
import { MemoryVaultFiles } from "./memoryVaultFiles";

vaultPortContract("in memory", async () => {
  const files = new MemoryVaultFiles();
  files.keptOut = "out/";
  return {
    files,
    canvas: async (path, text, mtime) => files.canvas(path, text, mtime),
    note: async (path, properties, mtime) => files.note(path, properties, mtime),
    remove: async (path) => files.remove(path),
    block: async (path) => void files.locked.add(path),
    links: null,
    forbid: async (folder) => void files.unreadable.set(folder, "no permission to read it"),
  };
});
