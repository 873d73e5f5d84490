import type { App, TFile } from "obsidian";
import { requireCanvasPath, type CanvasFiles, type ProcessOutcome } from "../../engine/index";

/**
 * Canvas files through the vault, which reads, changes and writes in one step. A canvas that is open in a view is left
 * alone: its view holds changes that are not in the file yet, and would lose them or write over ours.
 */
export class ObsidianCanvasFiles implements CanvasFiles {
  constructor(private readonly app: App) {}

  async read(path: string): Promise<string | null> {
    const file = this.fileAt(path);
    // The vault's own `read` drops a byte order mark, which `process` gives and keeps.
    return file === null ? null : this.app.vault.adapter.read(file.path);
  }

  async process(path: string, change: (text: string) => string): Promise<ProcessOutcome> {
    const file = this.fileAt(path);
    if (file === null) return { kind: "missing" };
    if (this.isOpen(file.path)) return { kind: "busy", reason: "the canvas is open; close it and try again" };
    let changed = false;
    await this.app.vault.process(file, (text) => {
      const after = change(text);
      changed = after !== text;
      return after;
    });
    return { kind: changed ? "written" : "unchanged" };
  }

  private fileAt(path: string): TFile | null {
    return this.app.vault.getFileByPath(requireCanvasPath(path));
  }

  private isOpen(path: string): boolean {
    let open = false;
    this.app.workspace.iterateAllLeaves((leaf) => {
      // A deferred leaf has loaded nothing yet: it will read what the file holds by then.
      if (leaf.isDeferred || leaf.view.getViewType() !== "canvas") return;
      const state: unknown = leaf.view.getState()["file"];
      if (state === path) open = true;
    });
    return open;
  }
}
