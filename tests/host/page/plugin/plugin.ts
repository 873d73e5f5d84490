import type { App } from "../app";
import { Component } from "../core/component";
import { debounce } from "../core/debounce";
import { normalizePath } from "../core/normalizePath";
import { refuse } from "../core/violations";
import type { SettingTab } from "../settings/settingTab";
import type { CodeBlockHandler } from "../views/codeBlocks";
import type { ViewCreator } from "../views/viewRegistry";
import type { CliFlags, CliHandler } from "./cli";
import type { Command } from "./commands";

export interface PluginManifest {
  id: string;
  name: string;
  version: string;
  minAppVersion: string;
  description: string;
  author: string;
  isDesktopOnly?: boolean;
  dir?: string;
}

/** Everything a plugin registers is undone when it unloads. */
export abstract class Plugin extends Component {
  app: App;
  manifest: PluginManifest;
  settings?: unknown;
  /** Set when the user disables the plugin: its panes close, which they do not on an update. */
  _userDisabled = false;
  private _lastDataModifiedTime = 0;
  /** Host only. */
  hostDataChanged: () => void;

  constructor(app: App, manifest: PluginManifest) {
    super();
    this.app = app;
    this.manifest = manifest;
    this.hostDataChanged = debounce(() => void this.checkData(), 50);
  }

  onUserEnable(): void {
    return undefined;
  }

  addRibbonIcon(icon: string, title: string, callback: (evt: MouseEvent) => unknown): HTMLElement {
    const el = this.app.workspace.leftRibbon.hostAdd(icon, title, callback);
    this.register(() => el.detach());
    return el;
  }

  addStatusBarItem(): HTMLElement {
    const bar = this.app.statusBarEl;
    if (bar === null) refuse("addStatusBarItem: there is no status bar on mobile");
    const cls = `plugin-${this.manifest.id.toLowerCase().replace(/[^_a-zA-Z0-9-]/, "-")}`;
    const el = bar.createDiv({ cls: `status-bar-item ${cls}`, prepend: true });
    this.register(() => el.detach());
    return el;
  }

  addCommand(command: Command): Command {
    if (command.id.startsWith(`${this.manifest.id}:`)) refuse(`command id has the plugin's id in it: "${command.id}"`);
    command.id = `${this.manifest.id}:${command.id}`;
    command.name = `${this.manifest.name}: ${command.name}`;
    this.app.commands.addCommand(command);
    this.register(() => this.app.commands.removeCommand(command.id));
    return command;
  }

  removeCommand(commandId: string): void {
    this.app.commands.removeCommand(`${this.manifest.id}:${commandId}`);
  }

  addSettingTab(tab: SettingTab): void {
    this.app.setting.addSettingTab(tab);
    this.register(() => this.app.setting.removeSettingTab(tab));
  }

  registerView(type: string, creator: ViewCreator): void {
    this.app.viewRegistry.registerView(type, creator);
    this.register(() => {
      if (this._userDisabled) this.app.workspace.detachLeavesOfType(type);
      this.app.viewRegistry.unregisterView(type);
    });
  }

  registerMarkdownCodeBlockProcessor(language: string, handler: CodeBlockHandler, _sortOrder?: number): object {
    const { codeBlockHandlers } = this.app;
    if (codeBlockHandlers.has(language)) throw new Error(`Code block postprocessor for language ${language} is already registered`);
    codeBlockHandlers.set(language, handler);
    this.register(() => codeBlockHandlers.delete(language));
    return handler;
  }

  registerExtensions(extensions: string[], viewType: string): void {
    this.app.viewRegistry.registerExtensions(extensions, viewType);
    this.register(() => this.app.viewRegistry.unregisterExtensions(extensions));
  }

  registerHoverLinkSource(id: string, info: unknown): void {
    this.app.workspace.hoverLinkSources[id] = info;
    this.register(() => delete this.app.workspace.hoverLinkSources[id]);
  }

  registerObsidianProtocolHandler(action: string, handler: (params: Record<string, string>) => unknown): void {
    const handlers = this.app.workspace.protocolHandlers;
    if (handlers.has(action)) throw new Error(`Protocol handler for action "${action}" is already registered`);
    handlers.set(action, handler);
    this.register(() => handlers.delete(action));
  }

  registerCliHandler(command: string, description: string, flags: CliFlags | null, handler: CliHandler): void {
    this.app.cli.hostRegister(command, `[${this.manifest.name}]: ${description}`, flags, handler);
    this.register(() => this.app.cli.hostUnregister(command));
  }

  async loadData(): Promise<unknown> {
    const data = await this.app.vault.readJson(this.dataPath());
    if (data !== null) this._lastDataModifiedTime = await this.dataTime();
    return data;
  }

  async saveData(data: unknown): Promise<void> {
    const now = Date.now();
    this._lastDataModifiedTime = now;
    await this.app.vault.writeJson(this.dataPath(), data, { mtime: now });
  }

  private dataPath(): string {
    return normalizePath(`${this.manifest.dir ?? ""}/data.json`);
  }

  private async dataTime(): Promise<number> {
    return (await this.app.vault.adapter.stat(this.dataPath()))?.mtime ?? 0;
  }

  private async checkData(): Promise<void> {
    const time = await this.dataTime();
    if (time <= this._lastDataModifiedTime) return;
    this._lastDataModifiedTime = time;
    const changed: unknown = Reflect.get(this, "onExternalSettingsChange");
    if (typeof changed === "function") await changed.call(this);
  }
}
