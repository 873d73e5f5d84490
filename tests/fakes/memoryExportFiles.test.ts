import { exportFilesContract } from "../contracts/exportFiles";
import { MemoryExportFiles } from "./memoryExportFiles";

exportFilesContract("memory", async () => {
  const files = new MemoryExportFiles();
  return {
    files,
    put: async (path, text) => void files.texts.set(path, text),
    peek: async (path) => files.texts.get(path) ?? null,
    paths: async () => [...files.texts.keys()].sort(),
  };
});
