import { Notice } from "obsidian";
import type { App } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import { chooseNode } from "./openCanvases";
import { openFile } from "./openViews";

/** Opens a canvas of the vault, and selects a card of it where one is named. What is not there is told in a notice. */
export async function openCard(app: App, path: string, node: string | null): Promise<void> {
  if (app.vault.getFileByPath(path)?.extension !== "canvas") {
    new Notice(fill(strings.uri.noCanvas, { path }));
    return;
  }
  await openFile(app, path, null);
  if (node !== null && !(await chooseNode(app, path, node))) new Notice(fill(strings.uri.noNode, { node, path }));
}
