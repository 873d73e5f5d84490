import type { App, TFile } from "obsidian";
import { ObsidianNoteFiles } from "../../../src/adapters/obsidian/obsidianNoteFiles";
import { noteFilesContract } from "../../contracts/noteFiles";

noteFilesContract("Obsidian's vault", () => {
  const texts = new Map<string, string>();
  const app = {
    vault: {
      getFileByPath: (path: string) => (texts.has(path) ? ({ path } as TFile) : null),
      read: async ({ path }: TFile) => texts.get(path) ?? "",
    },
    fileManager: {
      trashFile: async ({ path }: TFile) => void texts.delete(path),
    },
  } as unknown as App;
  return { files: new ObsidianNoteFiles(app), put: (path, text) => void texts.set(path, text), peek: (path) => texts.get(path) ?? null };
});
