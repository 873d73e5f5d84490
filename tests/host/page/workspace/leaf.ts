import type { App } from "../app";
import { closed } from "../core/strict";
import { refuse } from "../core/violations";
import type { TFile } from "../vault/files";
import { setIcon } from "../ui/icons";
import { Menu } from "../ui/menu";
import { DeferredView, EmptyView, UnknownView } from "../views/placeholderViews";
import type { View, ViewStateResult } from "../views/view";
import { WorkspaceItem } from "./items";
import { WorkspaceTabs } from "./tabs";
import type { Workspace } from "./workspace";

export interface ViewState {
  type: string;
  state?: Record<string, unknown>;
  active?: boolean;
  pinned?: boolean;
}

export interface OpenViewState {
  state?: Record<string, unknown>;
  eState?: Record<string, unknown>;
  active?: boolean;
}

/** One pane. Its view changes with `setViewState`; calls are done one after another. */
export class WorkspaceLeaf extends WorkspaceItem {
  app: App;
  view: View;
  tabHeaderEl: HTMLElement;
  pinned = false;
  group: string | null = null;
  hoverPopover: unknown = null;
  activeTime = 0;
  private working: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(workspace: Workspace, doc: Document) {
    super(workspace, "workspace-leaf", doc);
    this.app = workspace.app;
    this.containerEl.setAttr("data-host-leaf", this.id);
    this.tabHeaderEl = doc.createElement("div");
    this.tabHeaderEl.addClass("workspace-tab-header", "tappable");
    this.tabHeaderEl.addEventListener("click", () => this.onTabClick());
    this.tabHeaderEl.addEventListener("contextmenu", (event) => this.onTabMenu(event));
    this.containerEl.addEventListener("pointerdown", () => this.onPointerDown(), true);
    this.view = new EmptyView(this);
    void this.view.open(this.containerEl);
    this.updateHeader();
  }

  get isDeferred(): boolean {
    return this.view instanceof DeferredView;
  }

  getViewState(): ViewState {
    return {
      type: this.view.getViewType(),
      state: this.view.getState(),
      ...(this.pinned ? { pinned: true } : {}),
    };
  }

  async setViewState(viewState: ViewState, eState?: unknown): Promise<void> {
    await this.oneByOne(() => this.change(viewState, eState));
  }

  async openFile(file: TFile, openState: OpenViewState = {}): Promise<void> {
    const type = this.app.viewRegistry.getTypeByExtension(file.extension);
    if (type === null) refuse(`no view for ".${file.extension}" on this host`);
    const state: ViewState = { type, state: { ...openState.state, file: file.path } };
    await this.setViewState({ ...state, active: openState.active !== false }, openState.eState);
    this.workspace.hostFileOpened(file);
  }

  async open(view: View): Promise<View> {
    await this.oneByOne(() => this.replace(view));
    return view;
  }

  async loadIfDeferred(): Promise<void> {
    if (this.isDeferred) await this.rebuildView();
  }

  /** Host only, and used by other plugins: the same state in a new view. */
  async rebuildView(): Promise<void> {
    await this.oneByOne(async () => {
      const state = this.getViewState();
      await this.replace(this.makeView(state));
      await this.view.setState(state.state ?? {}, { history: false });
      this.updateHeader();
    });
  }

  /** Host only: a background tab that is not loaded. */
  async hostDefer(viewState: ViewState, title: string): Promise<void> {
    const view = new DeferredView(this, viewState.type, viewState.state ?? {}, title);
    await this.oneByOne(() => this.replace(view));
  }

  getEphemeralState(): Record<string, unknown> {
    return this.view.getEphemeralState();
  }

  setEphemeralState(state: unknown): void {
    this.view.setEphemeralState(state);
  }

  setPinned(pinned: boolean): void {
    this.pinned = pinned;
    this.trigger("pinned-change", pinned);
  }

  togglePinned(): void {
    this.setPinned(!this.pinned);
  }

  setGroup(group: string): void {
    this.group = group;
    this.trigger("group-change", group);
  }

  getDisplayText(): string {
    return this.view.getDisplayText();
  }

  getIcon(): string {
    return this.view.getIcon();
  }

  onResize(): void {
    this.view.onResize();
  }

  /** The pane goes at once; its view closes (and saves) after that. */
  detach(): void {
    if (this.closed) return;
    this.closed = true;
    this.hostParent()?.removeChild(this);
    void this.oneByOne(() => this.view.close());
    this.workspace.hostLeafDetached(this);
  }

  /** Host only: resolves when no change of this leaf is under way. */
  async hostSettled(): Promise<void> {
    await this.working;
  }

  updateHeader(): void {
    this.tabHeaderEl.empty();
    this.tabHeaderEl.setAttrs({ "aria-label": this.getDisplayText(), "data-type": this.view.getViewType() });
    const inner = this.tabHeaderEl.createDiv("workspace-tab-header-inner");
    setIcon(inner.createDiv("workspace-tab-header-inner-icon"), this.getIcon());
    inner.createDiv({ cls: "workspace-tab-header-inner-title", text: this.getDisplayText() });
  }

  private oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const run = this.working.then(work, work);
    this.working = run.catch((error: unknown) => console.error(error));
    return run;
  }

  private async change(viewState: ViewState, eState: unknown): Promise<void> {
    if (this.closed) return;
    if (viewState.type !== this.view.getViewType() || this.isDeferred || this.view instanceof UnknownView) {
      await this.replace(this.makeView(viewState));
    }
    const result: ViewStateResult = { history: false, layout: false, close: false };
    await this.view.setState(viewState.state ?? {}, result);
    if (result.close === true) {
      queueMicrotask(() => this.detach());
      return;
    }
    if (viewState.pinned !== undefined) this.setPinned(viewState.pinned);
    if (eState !== undefined) this.view.setEphemeralState(eState);
    this.updateHeader();
    if (viewState.active === true) this.workspace.setActiveLeaf(this, { focus: true });
    this.workspace.hostLayoutChanged();
  }

  private makeView(viewState: ViewState): View {
    if (viewState.type === "empty" || viewState.type === "") return new EmptyView(this);
    const creator = this.app.viewRegistry.getViewCreatorByType(viewState.type);
    return creator === null ? new UnknownView(this, viewState.type, viewState.state ?? {}) : creator(this);
  }

  private async replace(view: View): Promise<void> {
    const before = this.view;
    await before.close();
    this.view = view;
    await view.open(this.containerEl);
    this.updateHeader();
  }

  private onPointerDown(): void {
    this.workspace.setActiveLeaf(this);
  }

  private onTabClick(): void {
    const parent = this.hostParent();
    if (parent instanceof WorkspaceTabs) parent.selectTab(this);
    void this.loadIfDeferred();
    this.workspace.setActiveLeaf(this, { focus: true });
  }

  private onTabMenu(event: MouseEvent): void {
    const menu = new Menu();
    menu.addItem((item) => item.setTitle("Close").setSection("close").onClick(() => this.detach()));
    this.view.onPaneMenu(menu, "tab-header");
    menu.showAtMouseEvent(event);
  }
}
closed(WorkspaceLeaf);
