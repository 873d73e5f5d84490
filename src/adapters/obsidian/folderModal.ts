import { FuzzySuggestModal } from "obsidian";
import type { App, TFolder } from "obsidian";
import { strings } from "../../panel/text/strings";

/** Lets the user choose a folder of the vault, the vault itself first. */
export class FolderModal extends FuzzySuggestModal<TFolder> {
  constructor(
    app: App,
    private readonly chosen: (folder: TFolder) => void,
  ) {
    super(app);
    this.setPlaceholder(strings.taskCommands.folder);
  }

  getItems(): TFolder[] {
    return this.app.vault.getAllFolders(true);
  }

  getItemText(folder: TFolder): string {
    return folder.isRoot() ? strings.taskCommands.wholeVault : folder.path;
  }

  onChooseItem(folder: TFolder): void {
    this.chosen(folder);
  }
}
