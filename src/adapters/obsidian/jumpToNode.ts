import { Notice } from "obsidian";
import type { App } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import { chooseNode } from "./openCanvases";
import { property } from "./property";

const words = strings.tasks;

/** Shows a canvas, where it is open already or else in a leaf, and brings a node of it into view. Says so where either is gone. */
export async function jumpToNode(app: App, path: string, node: string | null): Promise<void> {
  const file = app.vault.getFileByPath(path);
  if (file === null) {
    new Notice(fill(words.gone, { canvas: path }));
    return;
  }
  const { workspace } = app;
  const open = workspace.getLeavesOfType("canvas").find((leaf) => property(property(leaf.view, "file"), "path") === path);
  if (open === undefined) await workspace.getLeaf(false).openFile(file);
  else {
    await workspace.revealLeaf(open);
    workspace.setActiveLeaf(open, { focus: true });
  }
  if (node !== null && !(await chooseNode(app, path, node))) new Notice(fill(words.cardGone, { canvas: path }));
}
