import { TFile } from "../vault/files";
import type { TAbstractFile } from "../vault/files";
import { Menu } from "../ui/menu";
import { Notice } from "../ui/notice";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { ItemView } from "./view";
import type { ViewStateResult } from "./view";

/** A view of one file, which may change while the view lives. */
export abstract class FileView extends ItemView {
  allowNoFile = false;
  file: TFile | null = null;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.navigation = true;
  }

  override getDisplayText(): string {
    return this.file?.basename ?? "No file";
  }

  override onload(): void {
    this.registerEvent(this.app.vault.on("rename", (file: TAbstractFile) => void this.renamed(file)));
    this.registerEvent(this.app.vault.on("delete", (file: TAbstractFile) => void this.deleted(file)));
  }

  override getState(): Record<string, unknown> {
    return this.file === null ? {} : { file: this.file.path };
  }

  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    const path = typeof state === "object" && state !== null && "file" in state ? state.file : undefined;
    if (path === undefined) return;
    const file = typeof path === "string" ? this.app.vault.getFileByPath(path) : null;
    if (file === null && !this.allowNoFile) {
      result.close = true;
      return;
    }
    if (await this.loadFile(file)) {
      result.history = true;
      result.layout = true;
    }
  }

  async onLoadFile(_file: TFile): Promise<void> {
    return undefined;
  }

  async onUnloadFile(_file: TFile): Promise<void> {
    return undefined;
  }

  async onRename(_file: TFile): Promise<void> {
    return undefined;
  }

  canAcceptExtension(_extension: string): boolean {
    return false;
  }

  /** Host only: leaves the present file, then enters the new one. True when that changed something. */
  async loadFile(file: TFile | null): Promise<boolean> {
    if (file === this.file) return false;
    if (this.file !== null) {
      const before = this.file;
      await this.onUnloadFile(before);
      this.file = null;
    }
    if (file === null) return true;
    this.file = file;
    try {
      await this.onLoadFile(file);
    } catch (error) {
      this.file = null;
      console.error(error);
      new Notice(`Failed to load "${file.path}"`);
    }
    this.titleEl.setText(this.getDisplayText());
    return true;
  }

  protected override async onClose(): Promise<void> {
    this.contentEl.empty();
    await this.loadFile(null);
  }

  private async renamed(file: TAbstractFile): Promise<void> {
    if (file !== this.file || !(file instanceof TFile)) return;
    this.titleEl.setText(this.getDisplayText());
    this.leaf.updateHeader();
    await this.onRename(file);
  }

  private async deleted(file: TAbstractFile): Promise<void> {
    if (file !== this.file) return;
    if (this.allowNoFile) await this.loadFile(null);
    else await this.leaf.setViewState({ type: "empty" });
  }
}

/** Adds the file menu. */
export abstract class EditableFileView extends FileView {
  override onPaneMenu(menu: Menu, source: string): void {
    super.onPaneMenu(menu, source);
    if (this.file !== null) this.app.workspace.trigger("file-menu", menu, this.file, source, this.leaf);
  }
}
