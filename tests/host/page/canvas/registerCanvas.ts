import type { App } from "../app";
import { TFile } from "../vault/files";
import type { TAbstractFile } from "../vault/files";
import { parseCanvas, serializeCanvas, withLists } from "./canvasData";
import { CanvasView } from "./canvasView";

/** The core plugin "Canvas": the view, and paths of files in canvases that follow a rename. */
export function registerCanvas(app: App): void {
  app.viewRegistry.registerView("canvas", (leaf) => new CanvasView(leaf));
  app.viewRegistry.registerExtensions(["canvas"], "canvas");
  app.vault.on("rename", (file: TAbstractFile, oldPath: string) => {
    if (file instanceof TFile && app.workspace.layoutReady) void followRename(app, file.path, oldPath);
  });
}

async function followRename(app: App, path: string, oldPath: string): Promise<void> {
  const open = new Set<TFile>();
  app.workspace.iterateAllLeaves((leaf) => {
    const view = leaf.view;
    if (!(view instanceof CanvasView) || view.file === null) return;
    open.add(view.file);
    const nodes = [...view.hostCanvas.nodes.values()].filter((node) => node.filePath === oldPath);
    for (const node of nodes) node.setFilePath(path);
    if (nodes.length > 0) view.hostCanvas.requestSave();
  });
  for (const file of app.vault.getFiles()) {
    if (file.extension !== "canvas" || open.has(file)) continue;
    if (!(await app.vault.cachedRead(file)).includes(JSON.stringify(oldPath))) continue;
    await app.vault.process(file, (text) => replacePath(text, path, oldPath));
  }
}

function replacePath(text: string, path: string, oldPath: string): string {
  try {
    const data = withLists(parseCanvas(text));
    if (!data.nodes.some((node) => node.file === oldPath)) return text;
    return serializeCanvas({ ...data, nodes: data.nodes.map((n) => (n.file === oldPath ? { ...n, file: path } : n)) });
  } catch {
    return text;
  }
}
