import type { HostConfig, Leak, PlatformName, ThemeName } from "../protocol";
import { setPlatform } from "./api/platform";
import { App } from "./app";
import { CanvasView } from "./canvas/canvasView";
import { installDom } from "./dom/installDom";
import { pause } from "./core/native";
import { clearViolations, violations } from "./core/violations";
import { installLeakWatch, openLeaks } from "./leaks/watch";
import { inventedExports, missingExports, missingMembers, setLanguage } from "./obsidianModule";
import { iconsUsed } from "./ui/icons";
import { Menu, openMenus } from "./ui/menu";
import { openModals } from "./ui/modal";
import { noticeHistory } from "./ui/notice";
import type { TFile } from "./vault/files";
import { TextFileView } from "./views/textFileView";
import { WorkspaceTabs } from "./workspace/tabs";
import { Tasks } from "./workspace/tasks";

const BUILT_IN_VIEWS = new Set(["empty", "markdown", "canvas"]);

/** Starts the app and lets a test do what a user or the system does. Every answer can cross the bridge as JSON. */
export class Host {
  private booted: App | null = null;

  get app(): App {
    if (this.booted === null) throw new Error("the host has not started");
    return this.booted;
  }

  /** Plugins first, then the vault's `create` events, then the panes, then layout-ready. */
  async boot(config: HostConfig): Promise<void> {
    installDom(window);
    setPlatform(config.platform);
    setLanguage(config.language);
    this.dress(config.platform, config.theme);
    const app = new App(config);
    this.booted = app;
    if (config.trackLeaks) installLeakWatch(window);
    await app.plugins.hostStart();
    await app.vault.adapter.hostLoad();
    const name = config.platform === "mobile" ? "workspace-mobile.json" : "workspace.json";
    await app.workspace.hostRestoreLayout(await app.vault.readJson(`${app.vault.configDir}/${name}`));
    if (app.workspace.rootSplit.children.length === 0) app.workspace.getLeaf("tab");
    await app.metadataCache.hostSettled();
    if (config.layoutReadyDelay === null) return;
    await pause(config.layoutReadyDelay);
    await app.workspace.hostLayoutReady();
  }

  async layoutReady(): Promise<void> {
    await this.app.workspace.hostLayoutReady();
  }

  setTheme(theme: ThemeName): void {
    document.body.toggleClass("theme-light", theme === "light");
    document.body.toggleClass("theme-dark", theme === "dark");
    this.app.workspace.trigger("css-change");
  }

  /** The system's watcher saw these paths change. */
  async filesChanged(paths: readonly string[]): Promise<void> {
    await this.app.vault.adapter.hostReconcile(paths);
  }

  async reconcileAll(): Promise<void> {
    await this.app.vault.adapter.hostReconcileAll();
    await this.app.metadataCache.hostSettled();
  }

  async openFile(path: string, how: "same" | "tab" | "split" | "window" | "deferred" = "same"): Promise<string> {
    const file = this.app.vault.getFileByPath(path);
    if (file === null) throw new Error(`no such file in the vault: ${path}`);
    if (how === "deferred") return this.openDeferred(file);
    const leaf = this.app.workspace.getLeaf(how === "same" ? false : how);
    await leaf.openFile(file);
    await pause(5);
    return leaf.id;
  }

  /** A background tab that nobody has looked at: not loaded. */
  private async openDeferred(file: TFile): Promise<string> {
    const { workspace, viewRegistry } = this.app;
    const shown = workspace.activeLeaf;
    const leaf = workspace.hostNewTab();
    const type = viewRegistry.getTypeByExtension(file.extension) ?? "empty";
    await leaf.hostDefer({ type, state: { file: file.path } }, file.basename);
    const tabs = shown?.hostParent();
    if (shown !== null && tabs instanceof WorkspaceTabs) tabs.selectTab(shown);
    return leaf.id;
  }

  /** Closes every pane of this file; resolves when their views have saved and closed. */
  async closeFile(path: string): Promise<void> {
    const leaves = this.app.workspace.getLeavesOfType("canvas").concat(this.app.workspace.getLeavesOfType("markdown"));
    for (const leaf of leaves) {
      const state = leaf.getViewState().state;
      if (state?.["file"] !== path) continue;
      leaf.detach();
      await leaf.hostSettled();
    }
  }

  /** The open views of canvases, first to last. */
  canvasViews(path?: string): CanvasView[] {
    const views: CanvasView[] = [];
    this.app.workspace.iterateAllLeaves((leaf) => {
      const view = leaf.view;
      if (view instanceof CanvasView && (path === undefined || view.file?.path === path)) views.push(view);
    });
    return views;
  }

  /** Saves every view that has unsaved changes, as waiting for the delay would. */
  async saveAll(): Promise<void> {
    const saves: Promise<void>[] = [];
    this.app.workspace.iterateAllLeaves((leaf) => {
      if (leaf.view instanceof TextFileView) saves.push(leaf.view.saveImmediately());
    });
    await Promise.all(saves);
  }

  /** Ends the app: quit tasks are awaited for at most `patience` ms. True when they finished. */
  async quit(patience: number): Promise<boolean> {
    const tasks = new Tasks();
    this.app.workspace.trigger("quit", tasks);
    return Promise.race([tasks.promise().then(() => true), pause(patience).then(() => false)]);
  }

  protocol(action: string, params: Record<string, string>): unknown {
    const handler = this.app.workspace.protocolHandlers.get(action);
    if (handler === undefined) throw new Error(`no handler for obsidian://${action}`);
    return handler({ ...params, action });
  }

  /** The file menu of a path, as in the file explorer. Returns the titles of its items. */
  openFileMenu(path: string): void {
    const file = this.app.vault.getAbstractFileByPath(path);
    if (file === null) throw new Error(`no such file in the vault: ${path}`);
    const menu = new Menu();
    this.app.workspace.trigger("file-menu", menu, file, "file-explorer-context-menu", null);
    menu.showAtPosition({ x: 40, y: 40 });
  }

  notices(): readonly string[] {
    return noticeHistory();
  }

  violations(): readonly string[] {
    return violations();
  }

  clearViolations(): void {
    clearViolations();
  }

  iconsUsed(): string[] {
    return iconsUsed();
  }

  coverage(): { exports: string[]; invented: string[]; members: Record<string, string[]> } {
    return { exports: missingExports(), invented: inventedExports(), members: missingMembers() };
  }

  /** What plugins have left behind. Empty after a clean unload. */
  leaks(pluginIds: readonly string[]): Leak[] {
    return [...openLeaks(), ...this.leftovers(pluginIds)];
  }

  private leftovers(pluginIds: readonly string[]): Leak[] {
    const found: Leak[] = [];
    const note = (kind: string, detail: string): void => void found.push({ kind, detail, stack: "" });
    for (const id of pluginIds) {
      const commands = Object.keys(this.app.commands.commands).filter((command) => command.startsWith(`${id}:`));
      for (const command of commands) note("command", command);
      for (const tab of this.app.setting.pluginTabs) if (tab.id === id) note("settings tab", id);
      for (const name of this.app.cli.handlers.keys()) if (name.split(":")[0] === id) note("cli handler", name);
      for (const style of document.head.querySelectorAll(`style[data-plugin="${id}"]`)) note("style", style.tagName);
    }
    for (const [action] of this.app.workspace.protocolHandlers) note("protocol handler", action);
    for (const modal of openModals()) note("modal", modal.titleEl.getText());
    for (const menu of openMenus()) note("menu", menu.dom.getText());
    this.app.workspace.iterateAllLeaves((leaf) => {
      const type = leaf.view.getViewType();
      if (!BUILT_IN_VIEWS.has(type) && leaf.view.constructor.name !== "UnknownView") note("view", type);
    });
    for (const el of document.body.children) {
      const known = el.matches(".app-container, .notice-container, .host-popout, script");
      if (!known) note("element", el.outerHTML.slice(0, 120));
    }
    for (const el of document.querySelectorAll(".status-bar-item, .side-dock-ribbon-action")) {
      note("element", el.outerHTML.slice(0, 120));
    }
    return found;
  }

  private dress(platform: PlatformName, theme: ThemeName): void {
    document.body.addClass(`theme-${theme}`);
    document.body.toggleClass("is-mobile", platform === "mobile");
    document.body.toggleClass("is-phone", platform === "mobile");
    document.body.toggleClass("mod-linux", platform === "desktop");
    document.body.toggleClass("is-android", platform === "mobile");
  }
}
