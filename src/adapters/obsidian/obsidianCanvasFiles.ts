import { Platform } from "obsidian";
import type { App, TFile } from "obsidian";
import { ViewedCanvasFiles } from "../../engine/index";
import type { CanvasFile, CanvasFiles, CanvasHost, Clock, Logger, OpenCanvas } from "../../engine/index";
import { marked } from "./canvasMark";
import { canvasViews } from "./openCanvases";
import { OpenCanvasView } from "./openCanvasView";

/** Canvas files through Obsidian's vault, and through their views where they are open. */
export function createObsidianCanvasFiles(app: App, clock: Clock, logger: Logger): CanvasFiles {
  return new ViewedCanvasFiles({ host: new ObsidianCanvases(app, clock, logger), clock, logger });
}

class ObsidianCanvases implements CanvasHost {
  private readonly views = new WeakMap<object, OpenCanvas>();

  constructor(
    private readonly app: App,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  find(path: string): CanvasFile | null {
    const { vault } = this.app;
    const file = vault.getFileByPath(path);
    if (file === null) return null;
    return {
      // The app keeps the object of a file that is renamed.
      exists: () => vault.getFileByPath(file.path) === file,
      // The vault's own `read` drops a byte order mark, which `process` gives and keeps.
      read: () => vault.adapter.read(file.path),
      swap: async (change) => {
        await vault.process(file, change);
      },
      // A phone has no other processes.
      alone: (work) => (Platform.isMobileApp ? work() : marked({ adapter: vault.adapter, clock: this.clock, logger: this.logger }, file.path, work)),
      views: () => this.viewsOf(file),
    };
  }

  private viewsOf(file: TFile): readonly OpenCanvas[] {
    return canvasViews(this.app)
      .filter((view) => view.file === file)
      .map((view) => {
        const known = this.views.get(view) ?? new OpenCanvasView(this.app, view);
        this.views.set(view, known);
        return known;
      });
  }
}
