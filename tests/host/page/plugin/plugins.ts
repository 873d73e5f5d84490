import type { App } from "../app";
import { Events } from "../core/events";
import { closed } from "../core/strict";
import { refuse } from "../core/violations";
import { obsidianModule } from "../obsidianModule";
import { Notice } from "../ui/notice";
import { requireApiVersion } from "../api/version";
import { Plugin } from "./plugin";
import type { PluginManifest } from "./plugin";

/** Finds, loads and unloads plugins from the vault's plugin folder. */
export class Plugins extends Events {
  plugins: Record<string, Plugin> = {};
  manifests: Record<string, PluginManifest> = {};
  enabledPlugins = new Set<string>();
  private readonly app: App;
  private styles = new Map<string, HTMLElement>();

  constructor(app: App) {
    super();
    this.app = app;
    app.vault.on("raw", (path: string) => this.onRaw(path));
  }

  getPlugin(id: string): Plugin | null {
    return Object.hasOwn(this.plugins, id) ? (this.plugins[id] ?? null) : null;
  }

  isEnabled(): boolean {
    return true;
  }

  /** Host only: what was enabled when the app was last closed. */
  async hostStart(): Promise<void> {
    await this.hostReadManifests();
    const listed = await this.app.vault.readJson(this.listPath());
    this.enabledPlugins = new Set(Array.isArray(listed) ? listed.map(String) : []);
    for (const id of this.enabledPlugins) {
      await this.enablePlugin(id).catch((error: unknown) => {
        console.error(error);
        new Notice(`Failed to load plugin ${id}`);
      });
    }
  }

  /** Host only. */
  async hostReadManifests(): Promise<void> {
    const folder = `${this.app.vault.configDir}/plugins`;
    if (!(await this.app.vault.adapter.exists(folder))) return;
    for (const dir of (await this.app.vault.adapter.list(folder)).folders) {
      const manifest = await this.app.vault.readJson(`${dir}/manifest.json`);
      if (typeof manifest !== "object" || manifest === null || !("id" in manifest)) continue;
      const read = { ...(manifest as PluginManifest), dir };
      this.manifests[read.id] = read;
    }
  }

  async enablePluginAndSave(id: string): Promise<void> {
    await this.hostReadManifests();
    await this.enablePlugin(id);
    this.enabledPlugins.add(id);
    await this.saveList();
    this.getPlugin(id)?.onUserEnable();
  }

  async disablePluginAndSave(id: string): Promise<void> {
    this.enabledPlugins.delete(id);
    await this.saveList();
    const plugin = this.getPlugin(id);
    if (plugin !== null) plugin._userDisabled = true;
    await this.disablePlugin(id);
  }

  async enablePlugin(id: string): Promise<void> {
    if (this.getPlugin(id) !== null) return;
    const manifest = this.manifests[id];
    if (manifest === undefined) throw new Error(`Plugin "${id}" is not installed`);
    if (manifest.isDesktopOnly === true && this.app.isMobile) throw new Error(`"${id}" is for the desktop only`);
    if (!requireApiVersion(manifest.minAppVersion)) throw new Error(`"${id}" needs a newer app`);
    const PluginClass = await this.evaluate(manifest);
    const plugin = new PluginClass(this.app, manifest);
    if (!(plugin instanceof Plugin)) throw new Error(`"${id}" does not export a Plugin`);
    this.plugins[id] = plugin;
    try {
      await this.loadStyles(manifest);
      await plugin.load();
    } catch (error) {
      await this.disablePlugin(id);
      throw error;
    }
  }

  async disablePlugin(id: string): Promise<void> {
    const plugin = this.getPlugin(id);
    if (plugin === null) return;
    delete this.plugins[id];
    try {
      plugin.unload();
    } catch (error) {
      console.error(error);
    }
    this.styles.get(id)?.detach();
    this.styles.delete(id);
  }

  private async evaluate(manifest: PluginManifest): Promise<new (app: App, manifest: PluginManifest) => unknown> {
    const code = await this.app.vault.adapter.read(`${manifest.dir ?? ""}/main.js`);
    const module: { exports: unknown } = { exports: {} };
    const named = `${code}\n//# sourceURL=plugin:${manifest.id}`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- so does the app load a plugin
    const run = new Function("require", "module", "exports", named) as (...args: unknown[]) => void;
    run(requireForPlugins, module, module.exports);
    const exported = module.exports as { default?: unknown };
    const made = exported.default ?? exported;
    if (typeof made !== "function") throw new Error(`"${manifest.id}" exports no class`);
    return made as new (app: App, manifest: PluginManifest) => unknown;
  }

  private async loadStyles(manifest: PluginManifest): Promise<void> {
    const path = `${manifest.dir ?? ""}/styles.css`;
    if (!(await this.app.vault.adapter.exists(path))) return;
    const el = document.head.createEl("style", { text: await this.app.vault.adapter.read(path) });
    el.setAttr("data-plugin", manifest.id);
    this.styles.set(manifest.id, el);
  }

  private async saveList(): Promise<void> {
    await this.app.vault.writeJson(this.listPath(), [...this.enabledPlugins]);
  }

  private listPath(): string {
    return `${this.app.vault.configDir}/community-plugins.json`;
  }

  private onRaw(path: string): void {
    for (const plugin of Object.values(this.plugins)) {
      if (path === `${plugin.manifest.dir ?? ""}/data.json`) plugin.hostDataChanged();
    }
  }
}
closed(Plugins);

/** The modules that Obsidian hands to plugins; this host has only its own. */
function requireForPlugins(name: string): unknown {
  if (name === "obsidian") return obsidianModule;
  return refuse(`require("${name}"): not on this host`);
}
