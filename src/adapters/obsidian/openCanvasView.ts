import type { App, TextFileView } from "obsidian";
import { canvasJson, isJsonObject, jsonEqual } from "../../engine/index";
import type { CanvasDiff, OpenCanvas, ViewState } from "../../engine/index";
import { sceneOf } from "./canvasScene";
import { property } from "./property";

/** A canvas view. What is no public API is looked for and may be missing: then its memory is left alone. */
export class OpenCanvasView implements OpenCanvas {
  constructor(
    private readonly app: App,
    private readonly view: TextFileView,
  ) {}

  look(): ViewState {
    const scene = sceneOf(this.view);
    const saved = this.saved();
    const typing = scene?.typing() ?? [];
    return {
      saved,
      dirty: this.isDirty(saved),
      saving: property(this.view, "saving") === true,
      dragging: property(property(this.view, "canvas"), "isDragging") === true,
      typing: typing.length > 0 || !this.hasOpenField() ? typing : [""],
      readOnly: property(property(this.view, "canvas"), "readonly") === true,
      recent: this.app.workspace.getMostRecentLeaf()?.view === this.view,
      memory: scene === null ? "never" : scene.stateFor(parsed(this.text())),
    };
  }

  text(): string {
    return this.view.getViewData();
  }

  nextText(): string {
    const scene = sceneOf(this.view);
    return scene === null ? this.text() : canvasJson(scene.data());
  }

  patch(diff: CanvasDiff): boolean {
    return sceneOf(this.view)?.patch(diff) ?? false;
  }

  save(): Promise<void> {
    return this.view.save();
  }

  private saved(): string | null {
    const last = property(this.view, "lastSavedData");
    if (last === null || this.view.file === null) return null;
    return typeof last === "string" ? last : this.view.data;
  }

  // A view that only read a file in another program's layout would write other bytes, and has no edits all the same.
  private isDirty(saved: string | null): boolean {
    if (property(this.view, "dirty") === true) return true;
    const text = this.text();
    return saved !== null && text !== saved && !sameJson(text, saved);
  }

  private hasOpenField(): boolean {
    const { containerEl } = this.view;
    const focused = containerEl.ownerDocument.activeElement;
    return focused !== null && containerEl.contains(focused) && focused.matches("textarea, input, [contenteditable='true']");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sameJson(a: string, b: string): boolean {
  const [left, right] = [parsed(a), parsed(b)];
  // An empty file and `{}` are the same canvas.
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  return isJsonObject(left) && isJsonObject(right) && jsonEqual(left, right);
}

function isBlank(text: string): boolean {
  return text.trim() === "" || text.trim() === "{}";
}
