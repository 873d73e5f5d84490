import type { Assumptions, HostConfig } from "../protocol";
import { SecretStorage } from "./api/secretStorage";
import { registerCanvas } from "./canvas/registerCanvas";
import { closed, strict } from "./core/strict";
import { markHostEmitter } from "./leaks/watch";
import { MetadataCache } from "./metadata/metadataCache";
import { Cli } from "./plugin/cli";
import { Commands } from "./plugin/commands";
import { CommandPalette } from "./plugin/palette";
import { Plugins } from "./plugin/plugins";
import { AppSetting } from "./settings/appSetting";
import { Keymap, Scope } from "./ui/keymap";
import { CapacitorAdapter, FileSystemAdapter } from "./vault/adapter";
import { FileManager } from "./vault/fileManager";
import { Vault } from "./vault/vault";
import type { CodeBlockHandler } from "./views/codeBlocks";
import { MarkdownView } from "./views/markdownView";
import { ViewRegistry } from "./views/viewRegistry";
import { Workspace } from "./workspace/workspace";

/** The application: what plugins get as `this.app`. There is no global `app` here. */
export class App {
  hostConfig: HostConfig;
  isMobile: boolean;
  appId: string;
  keymap: Keymap;
  scope: Scope;
  /** Host only: what plugins render of code blocks, by their language. */
  readonly codeBlockHandlers = new Map<string, CodeBlockHandler>();
  viewRegistry: ViewRegistry;
  vault: Vault;
  metadataCache: MetadataCache;
  fileManager: FileManager;
  workspace: Workspace;
  commands: Commands;
  setting: AppSetting;
  secretStorage: SecretStorage;
  cli: Cli;
  plugins: Plugins;
  /** Null on mobile. */
  statusBarEl: HTMLElement | null;
  lastEvent: UIEvent | null = null;

  constructor(config: HostConfig) {
    const self = strict(this);
    this.hostConfig = config;
    this.isMobile = config.platform === "mobile";
    this.appId = config.appId;
    this.keymap = new Keymap();
    this.scope = new Scope();
    this.keymap.pushScope(this.scope);
    this.viewRegistry = new ViewRegistry();
    const Adapter = this.isMobile ? CapacitorAdapter : FileSystemAdapter;
    this.vault = new Vault(new Adapter(config.basePath, config.vaultName, config.assume));
    this.metadataCache = new MetadataCache(this.vault);
    this.fileManager = new FileManager(self);
    const containerEl = document.body.createDiv("app-container");
    this.workspace = new Workspace(self, containerEl.createDiv("horizontal-main-container").createDiv("workspace"));
    this.statusBarEl = this.isMobile ? null : containerEl.createDiv("status-bar");
    this.commands = new Commands(self);
    this.setting = new AppSetting(self);
    this.secretStorage = new SecretStorage(config.appId);
    this.cli = new Cli();
    this.plugins = new Plugins(self);
    for (const emitter of [this.vault, this.workspace, this.metadataCache, this.viewRegistry, this.secretStorage]) {
      markHostEmitter(emitter);
    }
    this.viewRegistry.registerView("markdown", (leaf) => new MarkdownView(leaf));
    this.viewRegistry.registerExtensions(["md"], "markdown");
    registerCanvas(self);
    this.scope.register(["Mod"], "p", () => {
      new CommandPalette(self).open();
      return false;
    });
    return self;
  }

  get hostAssume(): Assumptions {
    return this.hostConfig.assume;
  }

  isDarkMode(): boolean {
    return document.body.hasClass("theme-dark");
  }

  /** Per vault and per device. */
  loadLocalStorage(key: string): unknown {
    const text = localStorage.getItem(`${this.appId}-${key}`);
    if (text === null) return null;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  }

  /** A full store is logged and otherwise ignored. */
  saveLocalStorage(key: string, data: unknown): void {
    const name = `${this.appId}-${key}`;
    try {
      if (data === null || data === undefined) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(data));
    } catch (error) {
      console.error(error);
    }
  }
}
closed(App);
