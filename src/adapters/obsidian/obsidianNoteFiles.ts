import type { App } from "obsidian";
import type { NoteFiles } from "../../engine/index";

/** Notes through the vault. Only files that the vault knows are read, so nothing hidden and nothing outside of it. */
export class ObsidianNoteFiles implements NoteFiles {
  constructor(private readonly app: App) {}

  async read(path: string): Promise<string | null> {
    const file = this.app.vault.getFileByPath(path);
    return file === null ? null : this.app.vault.read(file);
  }

  async discard(path: string, isMeant: (text: string) => boolean): Promise<boolean> {
    const file = this.app.vault.getFileByPath(path);
    if (file === null || !isMeant(await this.app.vault.read(file))) return false;
    await this.app.fileManager.trashFile(file);
    return true;
  }
}
