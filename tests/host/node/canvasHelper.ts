import type { Locator, Page } from "playwright-core";
import type { CanvasView } from "../page/canvas/canvasView";

export interface NodeOnScreen {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

export interface ViewState {
  readonly file: string | null;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** The text that a save would write. */
  readonly viewData: string;
  readonly lastSavedData: string | null;
}

/** The hands of a user on one open canvas: real mouse and keys, except where the name says otherwise. */
export class CanvasHelper {
  constructor(
    private readonly page: Page,
    readonly leafId: string,
    /** The canvas is in the last popout. */
    private readonly inPopout = false,
  ) {}

  async ready(): Promise<void> {
    await this.page.waitForFunction((id) => {
      const view = window.__host.app.workspace.getLeafById(id)?.view as CanvasView | undefined;
      if (view?.lastSavedData === undefined || view.lastSavedData === null) return false;
      const lists = view.hostCanvas.data["nodes"];
      return !Array.isArray(lists) || lists.length === 0 || view.hostCanvas.nodes.size > 0;
    }, this.leafId);
  }

  /** Double-clicks an empty place, types, and leaves the card. Returns the new node's id. */
  async addCard(text: string, at: { x: number; y: number } = { x: 30, y: 30 }): Promise<string> {
    const before = new Set((await this.nodes()).map((node) => node.id));
    await this.wrapper().dblclick({ position: at });
    await this.typeInOpenCard(text);
    await this.leaveCard();
    const made = (await this.nodes()).find((node) => !before.has(node.id));
    if (made === undefined) throw new Error("no card was made: is the place covered by another card?");
    return made.id;
  }

  /** Opens a card and replaces its text; it is only on the canvas after `leaveCard`. */
  async startTyping(id: string, text: string): Promise<void> {
    await this.node(id).dblclick();
    await this.typeInOpenCard(text);
  }

  async leaveCard(): Promise<void> {
    await this.wrapper().locator(".canvas-node-editor").press("Escape");
  }

  async type(id: string, text: string): Promise<void> {
    await this.startTyping(id, text);
    await this.leaveCard();
  }

  async select(...ids: string[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
      await this.node(id).click({ ...(index > 0 ? { modifiers: ["Shift"] } : {}), position: { x: 6, y: 6 } });
    }
  }

  /** "1" to "6", or "" for none, by the bar above the selection. */
  async recolour(id: string, color: string): Promise<void> {
    await this.select(id);
    const swatch = color === "" ? '[aria-label="No color"]' : `.mod-canvas-color-${color}`;
    await this.wrapper().locator(`.canvas-menu ${swatch}`).click();
  }

  async move(id: string, by: { x: number; y: number }): Promise<void> {
    await this.startDrag(id, by);
    await this.page.mouse.up();
  }

  /** Leaves the mouse button down: the canvas is dragging. */
  async startDrag(id: string, by: { x: number; y: number }): Promise<void> {
    const box = await this.node(id).boundingBox();
    if (box === null) throw new Error(`node ${id} is not on the screen`);
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + by.x / 2, from.y + by.y / 2);
    await this.page.mouse.move(from.x + by.x, from.y + by.y);
  }

  async remove(id: string): Promise<void> {
    await this.select(id);
    await this.wrapper().press("Delete");
  }

  async undo(): Promise<void> {
    await this.wrapper().press("Control+z");
  }

  async redo(): Promise<void> {
    await this.wrapper().press("Control+Shift+z");
  }

  async rightClick(id: string): Promise<void> {
    await this.node(id).click({ button: "right", position: { x: 6, y: 6 } });
  }

  async rightClickEdge(id: string): Promise<void> {
    const path = this.wrapper().locator(`[data-edge-id="${id}"] .canvas-interaction-path`);
    await path.dispatchEvent("contextmenu", { bubbles: true, clientX: 200, clientY: 200 });
  }

  /** Not by hand: connects two nodes as a drag between their sides would. */
  async connect(from: string, to: string): Promise<string> {
    return this.inView((view, [a, b]) => {
      const [start, end] = [view.hostCanvas.nodes.get(a ?? ""), view.hostCanvas.nodes.get(b ?? "")];
      if (start === undefined || end === undefined) throw new Error("no such node");
      return view.hostCanvas.hostConnect(start, end).id;
    }, [from, to]);
  }

  /** Not by hand. */
  async setReadonly(readonly: boolean): Promise<void> {
    await this.inView((view, [value]) => view.hostCanvas.setReadonly(value === "true"), [String(readonly)]);
  }

  /** The scene as it is now, saved or not. */
  async nodes(): Promise<NodeOnScreen[]> {
    return this.inView((view) => [...view.hostCanvas.nodes.values()].map((node) => ({
      id: node.id, type: node.type, text: node.text, color: node.color, x: node.x, y: node.y,
    })), []);
  }

  async state(): Promise<ViewState> {
    return this.inView((view) => ({
      file: view.file?.path ?? null,
      dirty: view.dirty,
      saving: view.saving,
      viewData: view.getViewData(),
      lastSavedData: view.lastSavedData,
    }), []);
  }

  /** The view's own save, without waiting for its delay. */
  async save(): Promise<void> {
    await this.inView((view) => view.save(), []);
  }

  node(id: string): Locator {
    return this.wrapper().locator(`[data-node-id="${id}"]`);
  }

  wrapper(): Locator {
    const root = this.inPopout ? this.page.frameLocator(".host-popout >> nth=-1") : this.page;
    return root.locator(`[data-host-leaf="${this.leafId}"] .canvas-wrapper`);
  }

  private async typeInOpenCard(text: string): Promise<void> {
    await this.wrapper().locator(".canvas-node-editor").fill(text);
  }

  private async inView<T>(
    work: (view: CanvasView, args: readonly string[]) => T,
    args: readonly string[],
  ): Promise<Awaited<T>> {
    const view = await this.page.evaluateHandle((id) => {
      const found = window.__host.app.workspace.getLeafById(id)?.view as CanvasView | undefined;
      if (found === undefined) throw new Error("the pane is closed");
      return found;
    }, this.leafId);
    try {
      return await view.evaluate<Awaited<T>, readonly string[]>(work as never, args);
    } finally {
      await view.dispose();
    }
  }
}
