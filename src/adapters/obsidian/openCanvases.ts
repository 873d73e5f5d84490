import { TextFileView } from "obsidian";
import type { App, WorkspaceLeaf } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import { call } from "./call";
import { property } from "./property";

/** What a person may record something about: a node or a connection of a canvas, or a note. `label` is how they know it. */
export type Selected =
  | { readonly kind: "node"; readonly canvas: string; readonly node: string; readonly label: string }
  | { readonly kind: "edge"; readonly canvas: string; readonly edge: string; readonly label: string }
  | { readonly kind: "note"; readonly path: string };

/**
 * Lets every open canvas with unsaved edits write them now. A clean one must not be asked: Obsidian would rewrite a file
 * in another program's layout although nobody edited it.
 */
export async function saveOpenCanvases(app: App): Promise<void> {
  const unsaved = canvasViews(app).filter((view) => property(view, "dirty") === true);
  await Promise.all(unsaved.map((view) => view.save()));
}

/** The canvases that are loaded in panes of every window. */
export function canvasViews(app: App): readonly TextFileView[] {
  const views: TextFileView[] = [];
  app.workspace.iterateAllLeaves((leaf) => {
    const view = canvasView(leaf);
    if (view !== null) views.push(view);
  });
  return views;
}

/** What a learning event recorded now would be about, or null. */
export function selected(app: App): Selected | null {
  const leaf = app.workspace.getMostRecentLeaf();
  const view = leaf === null ? null : canvasView(leaf);
  if (view !== null) return view.file === null ? null : selectedNode(view, view.file.path);
  const file = app.workspace.getActiveFile();
  return file?.extension === "md" ? { kind: "note", path: file.path } : null;
}

/** Milliseconds after which a canvas that was just opened is looked at again: its view is there before its nodes are. */
const LOOKS_MS = [0, 30, 100, 300, 1_000];

/** Selects a node of an open canvas and brings it into view. False where the canvas has none of this id, or shows none to plugins. */
export async function chooseNode(app: App, path: string, id: string): Promise<boolean> {
  for (const wait of LOOKS_MS) {
    await new Promise((resolve) => window.setTimeout(resolve, wait));
    if (chosen(app, path, id)) return true;
  }
  return false;
}

function chosen(app: App, path: string, id: string): boolean {
  let found = false;
  for (const view of canvasViews(app)) {
    const canvas = property(view, "canvas");
    const nodes = view.file?.path === path ? property(canvas, "nodes") : null;
    const node: unknown = nodes instanceof Map ? nodes.get(id) : undefined;
    if (node === undefined) continue;
    found = call(canvas, "selectOnly", node);
    call(canvas, "zoomToSelection");
  }
  return found;
}

function canvasView(leaf: WorkspaceLeaf): TextFileView | null {
  if (leaf.isDeferred) return null;
  return leaf.view instanceof TextFileView && leaf.view.getViewType() === "canvas" ? leaf.view : null;
}

// The canvas of a canvas view is no public API: whatever is not as expected means that nothing is selected.
function selectedNode(view: TextFileView, canvas: string): Selected | null {
  const selection = property(property(view, "canvas"), "selection");
  if (!(selection instanceof Set) || selection.size !== 1) return null;
  const [item] = [...(selection as ReadonlySet<unknown>)];
  return subjectOf(canvas, item);
}

/** A node or an edge of a canvas view's canvas; null for anything else. */
export function subjectOf(canvas: string, item: unknown): Selected | null {
  const id = property(item, "id");
  if (typeof id !== "string") return null;
  const [from, to] = [property(item, "from"), property(item, "to")];
  if (from === undefined || to === undefined) return { kind: "node", canvas, node: id, label: labelOf(item) ?? id };
  return { kind: "edge", canvas, edge: id, label: connectionLabel(labelOf(property(from, "node")), labelOf(property(to, "node"))) ?? id };
}

function connectionLabel(from: string | null, to: string | null): string | null {
  return from === null || to === null ? null : fill(strings.menus.connection, { from, to });
}

/** The first line of a card, or the path of the file that it shows. */
function labelOf(node: unknown): string | null {
  const [text, path] = [property(node, "text"), property(property(node, "file"), "path")];
  if (typeof text === "string" && text.trim() !== "") return firstLine(text);
  return typeof path === "string" ? path : null;
}

function firstLine(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
