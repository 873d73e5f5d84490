import { ItemView } from "obsidian";
import type { ViewStateResult, WorkspaceLeaf } from "obsidian";
import type { Format } from "../../panel/text/format";
import { PanelDom } from "../../panel/dom/panelDom";
import { announcement } from "../../panel/view/announcement";
import type { Heard } from "../../panel/view/announcement";
import type { AppAction, PanelAction } from "../../panel/view/panelView";
import type { LearningLook } from "../../panel/session/learningLook";
import type { Session } from "../../panel/session/session";
import { strings } from "../../panel/text/strings";
import { isTabId } from "../../panel/view/tabs";
import type { TabId } from "../../panel/view/tabs";
import { panelView } from "../../panel/view/viewModel";
import { property } from "./property";

export const PANEL_TYPE = "canvas-engram-panel";
export const PANEL_ICON = "brain-circuit";

/** Panels that were made: ids of elements have to differ where several stand in one window. */
let made = 0;

/** What a panel needs of the session. */
export interface ShownSession extends Pick<Session, "look" | "onChange"> {
  readonly learning: Pick<LearningLook, "watch">;
}

/** The panel in a leaf: draws at most once a frame, and not at all while nobody can see it. */
export class EngramPanel extends ItemView {
  override navigation = false;
  private dom: PanelDom | null = null;
  private frame: { readonly win: Window; readonly id: number } | null = null;
  private stale = true;
  private tab: TabId = "now";
  private heard: Heard | null = null;

  constructor(
    leaf: WorkspaceLeaf,
    private readonly session: ShownSession,
    private readonly format: Format,
    private readonly now: () => number,
    private readonly act: (action: AppAction) => void,
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

  override getState(): Record<string, unknown> {
    return { ...super.getState(), tab: this.tab };
  }

  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    const tab = property(state, "tab");
    if (isTabId(tab)) this.openTab(tab);
    await super.setState(state, result);
  }

  override async onOpen(): Promise<void> {
    made += 1;
    const dom = new PanelDom(this.contentEl, `canvas-engram-panel-${made}`);
    this.dom = dom;
    this.registerDomEvent(this.contentEl, "click", (event) => {
      if (dom.follow(event.target)) this.draw();
      else this.perform(dom.actionOf(event.target));
    });
    this.registerDomEvent(this.contentEl, "input", (event) => this.perform(dom.inputOf(event.target)));
    this.registerDomEvent(this.contentEl, "keydown", (event) => this.press(event, dom));
    this.registerDomEvent(this.contentEl, "focusin", (event) => dom.focused(event.target));
    this.register(this.session.onChange(() => this.changed()));
    this.registerEvent(this.app.workspace.on("layout-change", () => this.drawIfStale()));
    this.registerEvent(this.app.workspace.on("active-leaf-change", () => this.drawIfStale()));
    this.registerEvent(this.app.workspace.on("css-change", () => dom.restyle()));
    this.draw();
  }

  override onResize(): void {
    this.drawIfStale();
  }

  override async onClose(): Promise<void> {
    this.session.learning.watch(this, false);
    this.frame?.win.cancelAnimationFrame(this.frame.id);
    this.frame = null;
    this.dom?.close();
    this.dom = null;
    this.contentEl.empty();
  }

  private press(event: KeyboardEvent, dom: PanelDom): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const asked = dom.keyOf(event.target, event.altKey ? `Alt+${event.key}` : event.key);
    if (asked === null) return;
    event.preventDefault();
    if (asked === true) return;
    this.perform(asked);
    if (asked.kind === "open-tab") dom.focusTab(asked.tab);
  }

  private perform(action: PanelAction | null): void {
    if (action === null) return;
    if (action.kind !== "open-tab") return this.act(action);
    this.openTab(action.tab);
    this.app.workspace.requestSaveLayout();
  }

  private openTab(tab: TabId): void {
    if (this.tab === tab) return;
    this.tab = tab;
    this.stale = true;
    this.drawIfStale();
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
    const shown = this.contentEl.isShown();
    // Before drawing: what is asked for now may already be known.
    this.session.learning.watch(this, shown && this.tab === "learning" && this.dom !== null);
    if (this.stale && shown) this.draw();
  }

  private draw(): void {
    this.stale = false;
    const session = this.session.look();
    const view = panelView(session, this.format, this.now(), this.tab);
    this.dom?.show(view);
    const { heard, text } = announcement(this.heard, view.chip, session.status?.tasks ?? [], this.format);
    this.heard = heard;
    if (text !== null) this.dom?.say(text);
  }
}
