import { ItemView } from "obsidian";
import type { WorkspaceLeaf } from "obsidian";
import type { Format } from "../../panel/text/format";
import { PanelDom } from "../../panel/dom/panelDom";
import type { PanelAction } from "../../panel/view/panelView";
import type { Session } from "../../panel/session/session";
import { strings } from "../../panel/text/strings";
import { panelView } from "../../panel/view/viewModel";

export const PANEL_TYPE = "canvas-engram-panel";
export const PANEL_ICON = "brain-circuit";

/** The panel in a leaf: draws at most once a frame, and not at all while nobody can see it. */
export class EngramPanel extends ItemView {
  override navigation = false;
  private dom: PanelDom | null = null;
  private frame: { readonly win: Window; readonly id: number } | null = null;
  private stale = true;

  constructor(
    leaf: WorkspaceLeaf,
    private readonly session: Session,
    private readonly format: Format,
    private readonly now: () => number,
    private readonly act: (action: PanelAction) => void,
  ) {
    super(leaf);
  }

  getViewType(): string {
    return PANEL_TYPE;
  }

  getDisplayText(): string {
    return strings.title;
  }

  override getIcon(): string {
    return PANEL_ICON;
  }

  override async onOpen(): Promise<void> {
    const dom = new PanelDom(this.contentEl);
    this.dom = dom;
    this.registerDomEvent(this.contentEl, "click", (event) => {
      if (dom.follow(event.target)) return;
      const action = dom.actionOf(event.target);
      if (action !== null) this.act(action);
    });
    this.registerDomEvent(this.contentEl, "input", (event) => {
      const action = dom.inputOf(event.target);
      if (action !== null) this.act(action);
    });
    this.register(this.session.onChange(() => this.changed()));
    this.registerEvent(this.app.workspace.on("layout-change", () => this.drawIfStale()));
    this.registerEvent(this.app.workspace.on("active-leaf-change", () => this.drawIfStale()));
    this.draw();
  }

  override onResize(): void {
    this.drawIfStale();
  }

  override async onClose(): Promise<void> {
    this.frame?.win.cancelAnimationFrame(this.frame.id);
    this.frame = null;
    this.dom = null;
    this.contentEl.empty();
  }

  private changed(): void {
    this.stale = true;
    if (this.frame !== null) return;
    const { win } = this.contentEl;
    const id = win.requestAnimationFrame(() => {
      this.frame = null;
      this.drawIfStale();
    });
    this.frame = { win, id };
  }

  private drawIfStale(): void {
    if (this.stale && this.contentEl.isShown()) this.draw();
  }

  private draw(): void {
    this.stale = false;
    this.dom?.show(panelView(this.session.look(), this.format, this.now()));
  }
}
