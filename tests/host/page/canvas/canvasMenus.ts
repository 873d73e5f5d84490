import { setIcon } from "../ui/icons";
import { Menu } from "../ui/menu";
import type { Canvas } from "./canvas";
import type { CanvasEdge } from "./canvasEdge";
import { CanvasNode } from "./canvasNode";

export const COLOR_NAMES = ["Red", "Orange", "Yellow", "Green", "Cyan", "Purple"] as const;

/** The menus of a canvas, each open to other plugins through a workspace event. */
export function showNodeMenu(canvas: Canvas, node: CanvasNode, event: MouseEvent): void {
  const menu = baseMenu(canvas);
  const workspace = canvas.app.workspace;
  workspace.trigger("canvas:node-menu", menu, shown(canvas, node));
  const file = node.type === "file" ? canvas.app.vault.getFileByPath(node.filePath) : null;
  if (file !== null) workspace.trigger("file-menu", menu, file, "canvas-menu", canvas.view.leaf);
  menu.showAtMouseEvent(event);
}

export function showEdgeMenu(canvas: Canvas, edge: CanvasEdge, event: MouseEvent): void {
  const menu = baseMenu(canvas);
  canvas.app.workspace.trigger("canvas:edge-menu", menu, shown(canvas, edge));
  menu.showAtMouseEvent(event);
}

export function showSelectionMenu(canvas: Canvas, event: MouseEvent): void {
  const menu = baseMenu(canvas);
  const view = canvas.view;
  const argument = canvas.app.hostAssume.selectionMenuArgument === "canvas" ? view.canvas : view;
  canvas.app.workspace.trigger("canvas:selection-menu", menu, argument);
  const files = [...canvas.selection].flatMap((item) => {
    const file = item instanceof CanvasNode ? canvas.app.vault.getFileByPath(item.filePath) : null;
    return file === null ? [] : [file];
  });
  if (files.length > 1) canvas.app.workspace.trigger("files-menu", menu, files, "canvas-menu", view.leaf);
  menu.showAtMouseEvent(event);
}

export function recolour(canvas: Canvas, color: string): void {
  for (const item of canvas.selection) item.setColor(color);
  canvas.requestSave();
}

/** The little bar above a selection. */
export function drawSelectionBar(canvas: Canvas): void {
  canvas.menuEl.empty();
  if (canvas.selection.size === 0 || canvas.readonly) return;
  const bar = canvas.menuEl.createDiv("canvas-menu");
  const top = canvas.hostSelectionTop();
  bar.setCssStyles({ left: `${Math.max(140, top.x)}px`, top: `${top.y >= 52 ? top.y - 48 : top.y + 110}px` });
  const remove = bar.createEl("button", { cls: "clickable-icon", attr: { "aria-label": "Remove" } });
  setIcon(remove, "trash-2");
  remove.addEventListener("click", () => canvas.deleteSelection());
  COLOR_NAMES.forEach((name, index) => {
    const swatch = bar.createEl("button", {
      cls: `canvas-color-picker-item mod-canvas-color-${index + 1}`,
      attr: { "aria-label": name },
    });
    swatch.addEventListener("click", () => recolour(canvas, String(index + 1)));
  });
  const none = bar.createEl("button", { cls: "canvas-color-picker-item", attr: { "aria-label": "No color" } });
  none.addEventListener("click", () => recolour(canvas, ""));
}

function baseMenu(canvas: Canvas): Menu {
  const menu = new Menu();
  menu.addSections(["canvas", "action", "view", "", "danger"]);
  menu.addItem((item) =>
    item.setTitle("Remove").setIcon("trash-2").setSection("danger").setDisabled(canvas.readonly)
      .onClick(() => canvas.deleteSelection()));
  return menu;
}

/** What plugins get: the thing itself, or an opaque stand-in where there is no private API. */
function shown(canvas: Canvas, item: CanvasNode | CanvasEdge): unknown {
  return canvas.app.hostAssume.privateCanvasApi ? item : { id: item.id, canvas: canvas.view.canvas };
}
