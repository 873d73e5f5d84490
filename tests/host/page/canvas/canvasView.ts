import { native } from "../core/native";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { Notice } from "../ui/notice";
import { TextFileView } from "../views/textFileView";
import { Canvas } from "./canvas";
import { parseCanvas, serializeCanvas } from "./canvasData";
import { listenToUser } from "./canvasInput";
import { drawSelectionBar } from "./canvasMenus";

/** The view of a `.canvas` file. Not plain text: a change from outside replaces what is in memory. */
export class CanvasView extends TextFileView {
  /** Host only: the scene, also where plugins see none of it. */
  hostCanvas: Canvas;
  /** The file's text where it is no canvas: shown as an error, written back as it is. */
  private broken: string | null = null;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.isPlaintext = false;
    this.icon = "layout-dashboard";
    this.hostCanvas = new Canvas(this);
    listenToUser(this.hostCanvas);
    this.drawCardMenu();
  }

  get canvas(): unknown {
    if (this.app.hostAssume.privateCanvasApi) return this.hostCanvas;
    return { view: this, selection: new Set([...this.hostCanvas.selection].map(({ id }) => ({ id }))) };
  }

  override getViewType(): string {
    return "canvas";
  }

  override canAcceptExtension(extension: string): boolean {
    return extension === "canvas";
  }

  /** The snapshot, not the scene. Text that was only read comes back unchanged where the app would keep its layout. */
  override getViewData(): string {
    if (this.broken !== null) return this.broken;
    if (this.hostPristine !== null && this.hostPristine.of === this.hostCanvas.data) return this.hostPristine.text;
    return serializeCanvas(this.hostCanvas.data);
  }

  override setViewData(text: string, clear: boolean): void {
    const canvas = this.hostCanvas;
    if (clear) {
      canvas.clear();
      canvas.history.clear();
    }
    try {
      const data = parseCanvas(text);
      this.broken = null;
      canvas.data = data;
      const rewrites = this.app.hostAssume.canvasRewritesForeignLayout && text.trim() !== "";
      this.hostPristine = rewrites ? null : { of: data, text };
      if (clear) native.setTimeout(() => this.fill(data), 0);
      else canvas.setData(data);
    } catch (error) {
      this.broken = text;
      canvas.clear();
      new Notice(`Failed to open "${this.file?.name ?? ""}": ${String(error)}`);
    }
    this.containerEl.toggleClass("is-broken", this.broken !== null);
    const local = this.app.loadLocalStorage(`canvas-${this.file?.path ?? ""}`);
    canvas.readonly = typeof local === "object" && local !== null && "readonly" in local;
  }

  override clear(): void {
    this.hostCanvas.clear();
    this.broken = null;
  }

  getLocalData(): unknown {
    return this.hostCanvas.readonly ? { readonly: true } : null;
  }

  saveLocalData(): void {
    this.app.saveLocalStorage(`canvas-${this.file?.path ?? ""}`, this.getLocalData());
  }

  /** Host only. */
  hostSelectionChanged(): void {
    drawSelectionBar(this.hostCanvas);
  }

  /** Host only: what was read, while nothing has asked for a save. */
  hostPristine: { of: unknown; text: string } | null = null;

  /** The scene is filled a moment after the file was read; until then it is empty. */
  private fill(data: unknown): void {
    if (this.hostCanvas.data === data) this.hostCanvas.setData(this.hostCanvas.data);
  }

  private drawCardMenu(): void {
    const el = this.contentEl.createDiv("canvas-card-menu");
    const button = el.createEl("button", { cls: "canvas-card-menu-button", attr: { "aria-label": "Add card" } });
    button.setText("+");
    button.addEventListener("click", () => {
      const rect = this.hostCanvas.wrapperEl.getBoundingClientRect();
      const middle = { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 };
      const pos = this.hostCanvas.posFromClient(middle);
      this.hostCanvas.createTextNode({ pos: { x: Math.round(pos.x - 125), y: Math.round(pos.y - 30) } });
    });
  }
}
