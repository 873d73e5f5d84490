import type { Canvas } from "./canvas";
import { CanvasEdge } from "./canvasEdge";
import { CanvasNode } from "./canvasNode";
import { showEdgeMenu, showNodeMenu, showSelectionMenu } from "./canvasMenus";

/** Mouse and keys of a user, on the real elements of a canvas. */
export function listenToUser(canvas: Canvas): void {
  const el = canvas.wrapperEl;
  el.addEventListener("pointerdown", (event) => pointerDown(canvas, event));
  el.addEventListener("dblclick", (event) => doubleClick(canvas, event));
  el.addEventListener("contextmenu", (event) => contextMenu(canvas, event));
  el.addEventListener("keydown", (event) => keyDown(canvas, event));
}

/** In whatever window it lives. */
function elementOf(target: EventTarget | null): Element | null {
  return target !== null && "closest" in target ? (target as Element) : null;
}

function nodeAt(canvas: Canvas, target: EventTarget | null): CanvasNode | null {
  const el = elementOf(target)?.closest("[data-node-id]") ?? null;
  return el === null ? null : (canvas.nodes.get(el.getAttribute("data-node-id") ?? "") ?? null);
}

function edgeAt(canvas: Canvas, target: EventTarget | null): CanvasEdge | null {
  const el = elementOf(target)?.closest("[data-edge-id]") ?? null;
  return el === null ? null : (canvas.edges.get(el.getAttribute("data-edge-id") ?? "") ?? null);
}

function pointerDown(canvas: Canvas, event: PointerEvent): void {
  if (event.button !== 0 || isControl(event.target)) return;
  const item = nodeAt(canvas, event.target) ?? edgeAt(canvas, event.target);
  if (item instanceof CanvasNode && item.isEditing) return;
  if (item === null) canvas.deselectAll();
  else if (event.shiftKey) canvas.toggleSelect(item);
  else if (!canvas.selection.has(item)) canvas.selectOnly(item);
  canvas.wrapperEl.focus();
  if (item instanceof CanvasNode && !canvas.readonly) drag(canvas, event);
}

function isControl(target: EventTarget | null): boolean {
  return elementOf(target)?.closest(".canvas-menu, .canvas-card-menu, textarea") != null;
}

/** Moves the selected nodes with the pointer; the save is asked for once, at the end. */
function drag(canvas: Canvas, down: PointerEvent): void {
  const doc = canvas.wrapperEl.doc;
  const nodes = [...canvas.selection].filter((item): item is CanvasNode => item instanceof CanvasNode);
  const starts = nodes.map((node) => ({ node, x: node.x, y: node.y }));
  const move = (event: PointerEvent): void => {
    const dx = event.clientX - down.clientX;
    const dy = event.clientY - down.clientY;
    if (!canvas.isDragging && Math.hypot(dx, dy) < 4) return;
    canvas.isDragging = true;
    for (const { node, x, y } of starts) node.moveTo({ x: x + dx, y: y + dy });
  };
  const up = (): void => {
    doc.removeEventListener("pointermove", move);
    doc.removeEventListener("pointerup", up);
    if (!canvas.isDragging) return;
    canvas.isDragging = false;
    canvas.requestSave();
  };
  doc.addEventListener("pointermove", move);
  doc.addEventListener("pointerup", up);
}

function doubleClick(canvas: Canvas, event: MouseEvent): void {
  if (canvas.readonly || isControl(event.target)) return;
  const node = nodeAt(canvas, event.target);
  if (node !== null) {
    node.startEditing();
    return;
  }
  const at = canvas.posFromClient({ x: event.clientX, y: event.clientY });
  canvas.createTextNode({ pos: { x: Math.round(at.x - 125), y: Math.round(at.y - 30) } });
}

function contextMenu(canvas: Canvas, event: MouseEvent): void {
  event.preventDefault();
  const node = nodeAt(canvas, event.target);
  const edge = edgeAt(canvas, event.target);
  const item = node ?? edge;
  if (item === null) return;
  if (!canvas.selection.has(item)) canvas.selectOnly(item);
  if (canvas.selection.size > 1) showSelectionMenu(canvas, event);
  else if (node !== null) showNodeMenu(canvas, node, event);
  else if (edge !== null) showEdgeMenu(canvas, edge, event);
}

function keyDown(canvas: Canvas, event: KeyboardEvent): void {
  if (event.target !== canvas.wrapperEl) return;
  const key = event.key.toLowerCase();
  if (key === "delete" || key === "backspace") canvas.deleteSelection();
  else if (event.ctrlKey && key === "z" && event.shiftKey) canvas.redo();
  else if (event.ctrlKey && key === "z") canvas.undo();
  else if (event.ctrlKey && key === "y") canvas.redo();
  else if (event.ctrlKey && key === "a") for (const node of canvas.nodes.values()) canvas.select(node);
  else return;
  event.preventDefault();
}
