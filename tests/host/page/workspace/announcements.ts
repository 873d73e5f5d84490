import { native } from "../core/native";
import type { TFile } from "../vault/files";
import type { Workspace } from "./workspace";

/** Tells of changed panes a moment later, once for a burst. */
export class Announcements {
  private layoutTimer: number | null = null;
  private leafTimer: number | null = null;
  private file: TFile | null = null;

  constructor(private readonly workspace: Workspace) {}

  layoutChanged(): void {
    this.layoutTimer ??= native.setTimeout(() => {
      this.layoutTimer = null;
      this.workspace.trigger("layout-change");
      if (this.workspace.layoutReady) this.workspace.requestSaveLayout();
    }, 10);
  }

  activeLeafChanged(): void {
    this.leafTimer ??= native.setTimeout(() => {
      this.leafTimer = null;
      this.workspace.trigger("active-leaf-change", this.workspace.activeLeaf);
      const file = this.workspace.getActiveFile();
      if (file === this.file) return;
      this.file = file;
      this.workspace.trigger("file-open", file);
    }, 0);
  }
}
