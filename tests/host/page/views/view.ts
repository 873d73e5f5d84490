import type { App } from "../app";
import { Component } from "../core/component";
import { setIcon } from "../ui/icons";
import { Menu } from "../ui/menu";
import type { WorkspaceLeaf } from "../workspace/leaf";

export interface ViewStateResult {
  history: boolean;
  layout?: boolean;
  close?: boolean;
}

/** What stands in a leaf. */
export abstract class View extends Component {
  app: App;
  leaf: WorkspaceLeaf;
  containerEl: HTMLElement;
  icon = "lucide-file";
  navigation = false;
  scope: unknown = null;

  constructor(leaf: WorkspaceLeaf) {
    super();
    this.leaf = leaf;
    this.app = leaf.app;
    this.containerEl = leaf.containerEl.doc.createElement("div");
    this.containerEl.addClass("workspace-leaf-content");
  }

  abstract getViewType(): string;
  abstract getDisplayText(): string;

  getIcon(): string {
    return this.icon;
  }

  protected async onOpen(): Promise<void> {
    return undefined;
  }

  protected async onClose(): Promise<void> {
    return undefined;
  }

  getState(): Record<string, unknown> {
    return {};
  }

  async setState(_state: unknown, _result: ViewStateResult): Promise<void> {
    return undefined;
  }

  getEphemeralState(): Record<string, unknown> {
    return {};
  }

  setEphemeralState(_state: unknown): void {
    return undefined;
  }

  onResize(): void {
    return undefined;
  }

  onPaneMenu(_menu: Menu, _source: string): void {
    return undefined;
  }

  /** Host only: attach, load, then `onOpen`. */
  async open(parentEl: HTMLElement): Promise<void> {
    this.containerEl.setAttr("data-type", this.getViewType());
    parentEl.appendChild(this.containerEl);
    await this.load();
    await this.onOpen();
  }

  /** Host only: detach, unload, then `onClose`: clean-ups have run when `onClose` does. */
  async close(): Promise<void> {
    this.containerEl.detach();
    this.unload();
    await this.onClose();
  }
}

/** A view with a header and a content element. */
export abstract class ItemView extends View {
  headerEl: HTMLElement;
  titleEl: HTMLElement;
  actionsEl: HTMLElement;
  contentEl: HTMLElement;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.headerEl = this.containerEl.createDiv("view-header");
    this.headerEl.createDiv("view-header-left").createDiv("view-header-nav-buttons");
    this.titleEl = this.headerEl
      .createDiv("view-header-title-container mod-at-start mod-fade mod-at-end")
      .createDiv("view-header-title");
    this.actionsEl = this.headerEl.createDiv("view-actions");
    const more = this.actionsEl.createEl("button", {
      cls: "clickable-icon view-action mod-more-options",
      attr: { "aria-label": "More options" },
    });
    setIcon(more, "more-vertical");
    more.addEventListener("click", (event) => this.onMoreOptions(event));
    this.contentEl = this.containerEl.createDiv("view-content");
  }

  addAction(icon: string, title: string, callback: (evt: MouseEvent) => unknown): HTMLElement {
    const el = this.actionsEl.createEl("button", {
      cls: "clickable-icon view-action",
      attr: { "aria-label": title },
      prepend: true,
    });
    setIcon(el, icon);
    el.addEventListener("click", callback);
    return el;
  }

  override async open(parentEl: HTMLElement): Promise<void> {
    await super.open(parentEl);
    this.titleEl.setText(this.getDisplayText());
  }

  private onMoreOptions(event: MouseEvent): void {
    const menu = new Menu();
    this.onPaneMenu(menu, "more-options");
    this.app.workspace.trigger("leaf-menu", menu, this.leaf);
    menu.addItem((item) => item.setTitle("Close").setIcon("x").onClick(() => this.leaf.detach()));
    menu.showAtMouseEvent(event);
  }
}
