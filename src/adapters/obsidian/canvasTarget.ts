import type { App } from "obsidian";
import { TextFileView } from "obsidian";
import { canvasViews, subjectOf } from "./openCanvases";
import type { Selected } from "./openCanvases";
import { property } from "./property";

/** What of a canvas is meant: cards, or one connection, by their ids in the file. */
export interface CanvasTarget {
  readonly canvas: string;
  readonly nodes: readonly string[];
  readonly edge: string | null;
}

// The canvas of a canvas view is no public API: whatever is not as expected means that nothing is offered.

/** What a menu of a card or a connection is about; null where it does not say so. */
export function targetOfItem(item: unknown): CanvasTarget | null {
  const canvas = pathOf(property(item, "canvas"));
  const id = property(item, "id");
  if (canvas === null || typeof id !== "string") return null;
  return isEdge(item) ? { canvas, nodes: [], edge: id } : { canvas, nodes: [id], edge: null };
}

/** The same as what something may be recorded about. */
export function subjectOfItem(item: unknown): Selected | null {
  const canvas = pathOf(property(item, "canvas"));
  return canvas === null ? null : subjectOf(canvas, item);
}

/** What a menu of a selection is about. Some versions of the app give the canvas, others its view. */
export function targetOfSelection(canvasOrView: unknown): CanvasTarget | null {
  const own = property(canvasOrView, "canvas");
  return selectionOf(own ?? canvasOrView);
}

/** What is selected on the canvas that the user works on; null where that is no canvas. */
export function targetOfActive(app: App): CanvasTarget | null {
  const leaf = app.workspace.getMostRecentLeaf();
  const view = canvasViews(app).find((one) => one === leaf?.view);
  if (view?.file == null) return null;
  return selectionOf(property(view, "canvas")) ?? { canvas: view.file.path, nodes: [], edge: null };
}

function selectionOf(canvas: unknown): CanvasTarget | null {
  const path = pathOf(canvas);
  const selection = property(canvas, "selection");
  if (path === null || !(selection instanceof Set)) return null;
  const items = [...(selection as ReadonlySet<unknown>)].flatMap((item) => {
    const id = property(item, "id");
    return typeof id === "string" ? [{ id, edge: isEdge(item) }] : [];
  });
  const nodes = items.filter(({ edge }) => !edge).map(({ id }) => id);
  const [only, ...more] = items;
  return { canvas: path, nodes, edge: only?.edge === true && more.length === 0 ? only.id : null };
}

function isEdge(item: unknown): boolean {
  return property(item, "from") !== undefined && property(item, "to") !== undefined;
}

function pathOf(canvas: unknown): string | null {
  const view = property(canvas, "view");
  const path = view instanceof TextFileView ? view.file?.path : property(property(view, "file"), "path");
  return typeof path === "string" ? path : null;
}
