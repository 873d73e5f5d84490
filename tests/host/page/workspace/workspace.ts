import type { App } from "../app";
import { debounce } from "../core/debounce";
import type { Debouncer } from "../core/debounce";
import { Events } from "../core/events";
import { closed } from "../core/strict";
import type { TFile } from "../vault/files";
import { FileView } from "../views/fileView";
import { MarkdownView } from "../views/markdownView";
import type { View } from "../views/view";
import { WorkspaceFloating, WorkspaceMobileDrawer, WorkspaceParent, WorkspaceRoot, WorkspaceSidedock } from "./items";
import { WorkspaceLeaf } from "./leaf";
import type { OpenViewState } from "./leaf";
import { Announcements } from "./announcements";
import { readLayout, restoreLayout } from "./layout";
import { moveLeafToPopout, openPopoutLeaf } from "./popout";
import type { WorkspaceWindow } from "./popout";
import { ReadyQueue } from "./readyQueue";
import { WorkspaceRibbon } from "./ribbon";
import { addSideLeaf, ensureSideLeaf, revealLeaf } from "./sideLeaves";
import type { SideLeafOptions } from "./sideLeaves";
import { WorkspaceTabs } from "./tabs";

type Side = WorkspaceSidedock | WorkspaceMobileDrawer;
type PaneType = "tab" | "split" | "window";

/** The window: left and right side, tabs in the middle, popouts. */
export class Workspace extends Events {
  app: App;
  containerEl: HTMLElement;
  leftRibbon = new WorkspaceRibbon("left");
  rightRibbon = new WorkspaceRibbon("right");
  leftSplit: Side;
  rightSplit: Side;
  rootSplit: WorkspaceRoot;
  floatingSplit: WorkspaceFloating;
  activeLeaf: WorkspaceLeaf | null = null;
  layoutReady = false;
  requestSaveLayout: Debouncer<[], Promise<void>>;
  hoverLinkSources: Record<string, unknown> = {};
  protocolHandlers = new Map<string, (params: Record<string, string>) => unknown>();
  private readonly ready = new ReadyQueue();
  private readonly announcements = new Announcements(this);
  private recentFiles: string[] = [];

  constructor(app: App, containerEl: HTMLElement) {
    super();
    this.app = app;
    this.containerEl = containerEl;
    this.requestSaveLayout = debounce(() => this.saveLayout(), 1000);
    this.rootSplit = new WorkspaceRoot(this);
    this.floatingSplit = new WorkspaceFloating(this);
    const mobile = app.isMobile;
    this.leftSplit = mobile ? new WorkspaceMobileDrawer(this, "left") : new WorkspaceSidedock(this, "left");
    this.rightSplit = mobile ? new WorkspaceMobileDrawer(this, "right") : new WorkspaceSidedock(this, "right");
    for (const part of [this.leftRibbon, this.leftSplit, this.rootSplit, this.rightSplit]) {
      containerEl.appendChild(part.containerEl);
    }
    app.viewRegistry.on("view-registered", (type: string) => void this.rebuildLeaves(type));
    app.viewRegistry.on("view-unregistered", (type: string) => void this.rebuildLeaves(type));
    this.on("quit", (tasks: { addPromise: (promise: Promise<unknown>) => void }) => this.saveAll(tasks));
  }

  get activeEditor(): MarkdownView | null {
    return this.getActiveViewOfType(MarkdownView);
  }

  onLayoutReady(callback: () => unknown): void {
    if (this.layoutReady) callback();
    else this.ready.add(callback);
  }

  /** Host only. */
  async hostLayoutReady(): Promise<void> {
    if (this.layoutReady) return;
    this.layoutReady = true;
    this.trigger("layout-ready");
    await this.ready.run();
    this.hostLayoutChanged();
  }

  getLayout(): Record<string, unknown> {
    return readLayout(this);
  }

  /** Host only. */
  async hostRestoreLayout(layout: unknown): Promise<void> {
    await restoreLayout(this, layout);
  }

  getLeaf(newLeaf: PaneType | boolean = false, direction: "vertical" | "horizontal" = "vertical"): WorkspaceLeaf {
    if (newLeaf === "split") return this.splitActiveLeaf(direction);
    if (newLeaf === "window") return this.openPopoutLeaf();
    if (newLeaf === "tab" || newLeaf === true) return this.hostNewTab();
    return this.getUnpinnedLeaf();
  }

  getUnpinnedLeaf(): WorkspaceLeaf {
    const active = this.activeLeaf;
    const usable = (leaf: WorkspaceLeaf): boolean =>
      !leaf.pinned && this.isInMain(leaf) && (leaf.view.navigation || leaf.view.getViewType() === "empty");
    if (active !== null && usable(active)) return active;
    return this.mainLeaves().sort((a, b) => b.activeTime - a.activeTime).find(usable) ?? this.hostNewTab();
  }

  splitActiveLeaf(direction: "vertical" | "horizontal" = "vertical"): WorkspaceLeaf {
    return this.createLeafInParent(this.rootSplit, this.rootSplit.children.length, direction);
  }

  createLeafInParent(parent: WorkspaceParent, index: number, _direction?: string): WorkspaceLeaf {
    const tabs = new WorkspaceTabs(this, parent.containerEl.doc);
    parent.insertChild(index, tabs);
    return this.hostAddLeaf(tabs);
  }

  createLeafBySplit(leaf: WorkspaceLeaf, direction: "vertical" | "horizontal" = "vertical"): WorkspaceLeaf {
    return this.createLeafInParent(leaf.getContainer(), -1, direction);
  }

  async duplicateLeaf(leaf: WorkspaceLeaf, leafType: PaneType | boolean = "split"): Promise<WorkspaceLeaf> {
    const copy = this.getLeaf(leafType === false ? "split" : leafType);
    await copy.setViewState(leaf.getViewState());
    return copy;
  }

  openPopoutLeaf(_data?: unknown): WorkspaceLeaf {
    return openPopoutLeaf(this);
  }

  moveLeafToPopout(leaf: WorkspaceLeaf, _data?: unknown): WorkspaceWindow {
    return moveLeafToPopout(this, leaf);
  }

  async openLinkText(
    linktext: string,
    sourcePath: string,
    newLeaf: PaneType | boolean = false,
    openViewState?: OpenViewState,
  ): Promise<void> {
    const path = linktext.split("#")[0] ?? "";
    const file = this.app.metadataCache.getFirstLinkpathDest(path, sourcePath);
    const target = file ?? (await this.app.vault.create(path.endsWith(".md") ? path : `${path}.md`, ""));
    await this.getLeaf(newLeaf).openFile(target, openViewState);
  }

  setActiveLeaf(leaf: WorkspaceLeaf, _params?: unknown): void {
    leaf.activeTime = performance.now();
    if (this.activeLeaf === leaf) {
      this.announcements.activeLeafChanged();
      return;
    }
    this.activeLeaf?.containerEl.removeClass("mod-active");
    this.activeLeaf = leaf;
    leaf.containerEl.addClass("mod-active");
    const parent = leaf.hostParent();
    if (parent instanceof WorkspaceTabs) parent.selectTab(leaf);
    this.announcements.activeLeafChanged();
  }

  getLeafById(id: string): WorkspaceLeaf | null {
    return this.allLeaves().find((leaf) => leaf.id === id) ?? null;
  }

  getGroupLeaves(group: string): WorkspaceLeaf[] {
    return this.allLeaves().filter((leaf) => leaf.group === group);
  }

  getMostRecentLeaf(root?: WorkspaceParent): WorkspaceLeaf | null {
    const leaves = root === undefined ? this.mainLeaves() : root.hostLeaves();
    return leaves.sort((a, b) => b.activeTime - a.activeTime)[0] ?? null;
  }

  getLeftLeaf(split: boolean): WorkspaceLeaf {
    return addSideLeaf(this, this.leftSplit, split);
  }

  getRightLeaf(split: boolean): WorkspaceLeaf {
    return addSideLeaf(this, this.rightSplit, split);
  }

  async ensureSideLeaf(type: string, side: "left" | "right", options: SideLeafOptions = {}): Promise<WorkspaceLeaf> {
    return ensureSideLeaf(this, type, side, options);
  }

  getActiveViewOfType<T extends View>(type: abstract new (...args: never[]) => T): T | null {
    const view = this.activeLeaf?.view;
    return view instanceof type ? view : null;
  }

  getActiveFile(): TFile | null {
    const view = this.activeLeaf?.view;
    if (view instanceof FileView && view.file !== null) return view.file;
    const recent = this.getMostRecentLeaf()?.view;
    return recent instanceof FileView ? recent.file : null;
  }

  iterateRootLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    for (const leaf of this.rootSplit.hostLeaves()) callback(leaf);
  }

  iterateAllLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    for (const leaf of this.allLeaves()) callback(leaf);
  }

  getLeavesOfType(type: string): WorkspaceLeaf[] {
    return this.allLeaves().filter((leaf) => leaf.view.getViewType() === type);
  }

  detachLeavesOfType(type: string): void {
    for (const leaf of this.getLeavesOfType(type)) leaf.detach();
  }

  async revealLeaf(leaf: WorkspaceLeaf): Promise<void> {
    await revealLeaf(leaf);
  }

  getLastOpenFiles(): string[] {
    return [...this.recentFiles];
  }

  updateOptions(): void {
    return undefined;
  }

  /** Host only. */
  hostFileOpened(file: TFile): void {
    this.recentFiles = [file.path, ...this.recentFiles.filter((path) => path !== file.path)].slice(0, 10);
  }

  /** Host only: `layout-change` follows, once for a burst. */
  hostLayoutChanged(): void {
    this.announcements.layoutChanged();
  }

  /** Host only. */
  hostLeafDetached(leaf: WorkspaceLeaf): void {
    if (this.activeLeaf === leaf) {
      this.activeLeaf = this.getMostRecentLeaf();
      this.announcements.activeLeafChanged();
    }
    this.hostLayoutChanged();
  }

  /** Host only. */
  hostNewTab(): WorkspaceLeaf {
    const recent = this.getMostRecentLeaf()?.hostParent();
    const tabs = recent instanceof WorkspaceTabs ? recent : null;
    return tabs === null ? this.createLeafInParent(this.rootSplit, 0) : this.hostAddLeaf(tabs);
  }

  /** Host only. */
  hostAddLeaf(parent: WorkspaceParent): WorkspaceLeaf {
    const leaf = new WorkspaceLeaf(this, parent.containerEl.doc);
    parent.insertChild(parent.children.length, leaf);
    this.hostLayoutChanged();
    return leaf;
  }

  private allLeaves(): WorkspaceLeaf[] {
    return [this.rootSplit, this.floatingSplit, this.leftSplit, this.rightSplit].flatMap((part) => part.hostLeaves());
  }

  private mainLeaves(): WorkspaceLeaf[] {
    return [...this.rootSplit.hostLeaves(), ...this.floatingSplit.hostLeaves()];
  }

  private isInMain(leaf: WorkspaceLeaf): boolean {
    return this.mainLeaves().includes(leaf);
  }

  private async rebuildLeaves(type: string): Promise<void> {
    for (const leaf of this.getLeavesOfType(type)) if (!leaf.isDeferred) await leaf.rebuildView();
  }

  private async saveLayout(): Promise<void> {
    const name = this.app.isMobile ? "workspace-mobile.json" : "workspace.json";
    await this.app.vault.writeJson(`${this.app.vault.configDir}/${name}`, this.getLayout());
  }

  private saveAll(tasks: { addPromise: (promise: Promise<unknown>) => void }): void {
    this.requestSaveLayout.cancel();
    this.iterateAllLeaves((leaf) => {
      const view: View & { saveImmediately?: () => Promise<void> } = leaf.view;
      if ("saveImmediately" in view && view.saveImmediately !== undefined) tasks.addPromise(view.saveImmediately());
    });
  }
}
closed(Workspace);
