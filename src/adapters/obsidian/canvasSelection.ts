import type { App, Plugin } from "obsidian";
import type { LearningSubject } from "../../panel/session/learningState";
import type { LearningLook } from "../../panel/session/learningLook";
import { canvasViews, selected } from "./openCanvases";

/** The card that is selected where the user works, or the canvas; null where that is no canvas. */
export function canvasSelection(app: App): LearningSubject | null {
  const leaf = app.workspace.getMostRecentLeaf();
  const path = canvasViews(app).find((view) => view === leaf?.view)?.file?.path;
  if (path === undefined) return null;
  const card = selected(app);
  return { canvas: path, node: card?.kind === "node" ? { id: card.node, label: card.label } : null };
}

/** Tells what may have changed the selection. A canvas does not tell of it, so whatever a hand does is looked at once it is done. */
export function followSelection(plugin: Plugin, learning: LearningLook): void {
  const { workspace } = plugin.app;
  const look = (): void => void window.setTimeout(() => learning.lookAround(), 0);
  const listen = (doc: Document): void => {
    plugin.registerDomEvent(doc, "pointerup", look);
    plugin.registerDomEvent(doc, "keyup", look);
  };
  listen(document);
  plugin.registerEvent(workspace.on("window-open", ({ doc }) => listen(doc)));
  plugin.registerEvent(workspace.on("active-leaf-change", look));
  plugin.registerEvent(workspace.on("file-open", look));
}
