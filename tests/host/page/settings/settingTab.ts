import type { App } from "../app";
import { strict } from "../core/strict";
import { refuse } from "../core/violations";
import type { Plugin } from "../plugin/plugin";
import type { Item } from "./definitions";
import { DefinitionRenderer } from "./renderer";

/** A tab of the settings window. It draws itself from definitions, or with `display` where it has none. */
export abstract class SettingTab {
  app: App;
  containerEl: HTMLElement;
  icon = "";
  id = "";
  name = "";
  settingItems: Item[] = [];
  private readonly renderer: DefinitionRenderer;
  private shown = false;

  constructor(app: App) {
    this.app = app;
    this.containerEl = document.createElement("div");
    this.containerEl.addClass("vertical-tab-content");
    const self = strict(this);
    this.renderer = new DefinitionRenderer(self);
    return self;
  }

  getSettingDefinitions(): Item[] {
    return [];
  }

  /** Reads the definitions again, and draws them again while the tab is open. */
  update(): void {
    this.settingItems = this.getSettingDefinitions();
    if (this.shown && this.settingItems.length > 0) this.renderer.draw(this.settingItems);
  }

  getControlValue(_key: string): unknown {
    return refuse("SettingTab.getControlValue: only plugin tabs are on this host");
  }

  setControlValue(_key: string, _value: unknown): void | Promise<void> {
    return refuse("SettingTab.setControlValue: only plugin tabs are on this host");
  }

  refreshDomState(): void {
    this.renderer.refresh();
  }

  display(): void {
    return undefined;
  }

  hide(): void {
    return undefined;
  }

  /** Host only. */
  hostShow(): void {
    this.shown = true;
    this.settingItems = this.getSettingDefinitions();
    if (this.settingItems.length > 0) this.renderer.draw(this.settingItems);
    else this.display();
  }

  /** Host only. */
  hostHide(): void {
    this.shown = false;
    this.renderer.tearDown();
    this.hide();
  }
}

/** Values come from and go to `plugin.settings`, and from there to data.json. */
export abstract class PluginSettingTab extends SettingTab {
  plugin: Plugin;

  constructor(app: App, plugin: Plugin) {
    super(app);
    this.plugin = plugin;
    this.id = plugin.manifest.id;
    this.name = plugin.manifest.name;
  }

  override getControlValue(key: string): unknown {
    const settings = this.plugin.settings;
    return typeof settings === "object" && settings !== null ? Reflect.get(settings, key) : undefined;
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    const settings = this.plugin.settings;
    if (typeof settings !== "object" || settings === null) {
      refuse("setControlValue: plugin.settings is not set; assign it in onload or override setControlValue");
    }
    Reflect.set(settings, key, value);
    await this.plugin.saveData(settings);
  }
}

/** A page below a tab that draws itself. */
export abstract class SettingPage {
  rootEl: HTMLElement;
  titlebarEl: HTMLElement;
  containerEl: HTMLElement;
  title = "";

  constructor() {
    this.rootEl = document.createElement("div");
    this.rootEl.addClass("setting-page");
    this.titlebarEl = this.rootEl.createDiv("setting-page-titlebar");
    this.containerEl = this.rootEl.createDiv("setting-page-content");
    return strict(this);
  }

  abstract display(): void;

  hide(): void {
    return undefined;
  }
}
