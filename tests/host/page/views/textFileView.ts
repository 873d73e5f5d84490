import { native } from "../core/native";
import type { TAbstractFile, TFile } from "../vault/files";
import { Notice } from "../ui/notice";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { EditableFileView } from "./fileView";

/**
 * Keeps a text in memory and writes it after a delay. The pitfalls are the real ones: what is written is the memory,
 * not a merge; a change from outside is ignored while saving; a view that is not plain text takes the disk's version
 * over unsaved edits.
 */
export abstract class TextFileView extends EditableFileView {
  data = "";
  dirty = false;
  saving = false;
  saveAgain = false;
  isPlaintext = true;
  /** Null until a file is loaded: nothing is written before. */
  lastSavedData: string | null = null;
  requestSave: () => void;
  private saveTimer: number | null = null;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.requestSave = () => {
      this.dirty = true;
      this.saveTimer ??= native.setTimeout(() => {
        this.saveTimer = null;
        void this.save();
      }, this.app.hostAssume.saveDelay);
    };
  }

  abstract getViewData(): string;
  abstract setViewData(data: string, clear: boolean): void;
  abstract clear(): void;

  override onload(): void {
    super.onload();
    this.registerEvent(this.app.vault.on("modify", (file: TAbstractFile) => this.onModify(file)));
  }

  /** `clear`: the file is about to be left, so write at once and forget the memory. */
  async save(clear = false): Promise<void> {
    const file = this.file;
    if (file === null || file.deleted) return;
    if (this.saving && !clear) {
      this.saveAgain = true;
      return;
    }
    const text = this.getViewData();
    const before = this.lastSavedData;
    this.dirty = false;
    if (before === null || before === text) return;
    if (clear) {
      this.forget();
    } else {
      this.data = text;
      this.lastSavedData = text;
    }
    await this.write(file, text, before, clear);
    if (!clear && this.saveAgain) {
      this.saveAgain = false;
      await this.save();
    }
  }

  /** Saves now when there is something to save; the app calls it when it quits. */
  async saveImmediately(): Promise<void> {
    if (this.dirty) await this.save();
  }

  onModify(file: TAbstractFile): void {
    if (this.saving || file !== this.file) return;
    void this.loadFileInternal(this.file, false);
  }

  override async onLoadFile(file: TFile): Promise<void> {
    await this.loadFileInternal(file, true);
  }

  override async onUnloadFile(_file: TFile): Promise<void> {
    if (this.saveTimer !== null) native.clearTimeout(this.saveTimer);
    this.saveTimer = null;
    await this.save(true);
  }

  async loadFileInternal(file: TFile, clear: boolean): Promise<void> {
    const disk = file.saving ? await this.app.vault.cachedRead(file) : await this.app.vault.read(file);
    if (this.file !== file) return;
    if (clear || this.lastSavedData === null) {
      this.take(disk, true);
      return;
    }
    const base = this.lastSavedData;
    if (base === disk) return;
    if (this.dirty && this.getViewData() === disk) {
      this.lastSavedData = disk;
      this.dirty = false;
      return;
    }
    if (this.isPlaintext && this.dirty) this.merge(base, disk);
    else this.take(disk, false);
  }

  private take(disk: string, clear: boolean): void {
    this.data = disk;
    this.lastSavedData = disk;
    this.dirty = false;
    this.setViewData(disk, clear);
  }

  /** Only appended text is merged; any other conflict keeps the editor's text. */
  private merge(base: string, disk: string): void {
    const mine = this.getViewData();
    const merged = disk.startsWith(base) ? mine + disk.slice(base.length) : mine;
    new Notice(`"${this.file?.name ?? ""}" has been modified externally, merging changes automatically.`);
    this.lastSavedData = disk;
    this.setViewData(merged, false);
    this.requestSave();
  }

  private forget(): void {
    this.data = "";
    this.lastSavedData = null;
    this.clear();
  }

  private async write(file: TFile, text: string, before: string, clear: boolean): Promise<void> {
    this.saving = true;
    try {
      await this.app.vault.adapter.promise;
      await this.app.vault.modify(file, text);
    } catch (error) {
      console.error(error);
      if (!clear) {
        this.lastSavedData = before;
        this.dirty = true;
      }
      new Notice(`Failed to save "${file.path}": ${String(error)}`);
    } finally {
      this.saving = false;
    }
  }
}
