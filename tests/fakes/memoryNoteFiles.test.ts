import { noteFilesContract } from "../contracts/noteFiles";
import { MemoryNoteFiles } from "./memoryNoteFiles";

noteFilesContract("in memory", () => {
  const texts = new Map<string, string>();
  return { files: new MemoryNoteFiles(texts), put: (path, text) => void texts.set(path, text), peek: (path) => texts.get(path) ?? null };
});
