import { canvasFilesContract } from "../../contracts/canvasFiles";
import { MemoryCanvasFiles } from "../../fakes/memoryCanvasFiles";

canvasFilesContract("in memory", async () => {
  const files = new MemoryCanvasFiles();
  return {
    files,
    put: async (path, text) => files.put(path, text),
    peek: async (path) => files.peek(path),
    paths: async () => files.paths,
  };
});
