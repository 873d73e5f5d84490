import { mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Locator, Page } from "playwright-core";
import type { Leak, ThemeName } from "../protocol";
import type { Host } from "../page/host";
import { CanvasHelper } from "./canvasHelper";
import { DiskHelpers } from "./diskHelpers";

declare global {
  interface Window {
    __host: Host;
  }
}

/** What a test does with a running app, as its user, as the system, or looking under the bonnet. */
export class HostHelpers extends DiskHelpers {
  private current: Page | null = null;
  private readonly problems: string[] = [];

  constructor(
    vaultDir: string,
    /** The plugin that was installed at launch. */
    readonly pluginId: string | null,
  ) {
    super(vaultDir);
  }

  get page(): Page {
    if (this.current === null) throw new Error("the app is not running");
    return this.current;
  }

  // Plugins

  async enablePlugin(id: string = this.ownPlugin()): Promise<void> {
    await this.page.evaluate((value) => window.__host.app.plugins.enablePluginAndSave(value), id);
  }

  async disablePlugin(id: string = this.ownPlugin()): Promise<void> {
    await this.page.evaluate((value) => window.__host.app.plugins.disablePluginAndSave(value), id);
  }

  /** Unloads and loads again without the user's hand, as an update does. */
  async updatePlugin(id: string = this.ownPlugin()): Promise<void> {
    await this.page.evaluate(async (value) => {
      await window.__host.app.plugins.disablePlugin(value);
      await window.__host.app.plugins.enablePlugin(value);
    }, id);
  }

  /** What plugins left behind. */
  async openLeaks(): Promise<Leak[]> {
    return this.page.evaluate((ids) => window.__host.leaks(ids), [this.pluginId ?? ""]);
  }

  /** Leaks that are still there after `ms`: sockets need a moment to close. */
  async lastingLeaks(ms = 2000): Promise<Leak[]> {
    const end = Date.now() + ms;
    for (;;) {
      const leaks = await this.openLeaks();
      if (leaks.length === 0 || Date.now() > end) return leaks;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  // Commands, menus, settings

  /** Runs a command by its short or full id. False when it cannot run now. */
  async command(id: string): Promise<boolean> {
    const full = id.includes(":") ? id : `${this.ownPlugin()}:${id}`;
    return this.page.evaluate((value) => window.__host.app.commands.executeCommandById(value), full);
  }

  /** Full ids of the commands that can run now. */
  async commands(): Promise<string[]> {
    return this.page.evaluate(() => window.__host.app.commands.listCommands().map((command) => command.id));
  }

  /** Types into the real command palette and presses Enter. */
  async palette(text: string): Promise<void> {
    await this.page.keyboard.press("Control+p");
    await this.page.locator(".prompt-input").fill(text);
    await this.page.locator(".prompt .suggestion-item").first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  async cli(command: string, params: Record<string, string> = {}): Promise<string> {
    const call = [command, params] as const;
    return this.page.evaluate(([name, values]) => window.__host.app.cli.hostRun(name, values), call);
  }

  async protocol(action: string, params: Record<string, string> = {}): Promise<void> {
    await this.page.evaluate(([name, values]) => {
      window.__host.protocol(name, values);
    }, [action, params] as const);
  }

  async fileMenu(vaultPath: string): Promise<void> {
    await this.page.evaluate((value) => window.__host.openFileMenu(value), vaultPath);
  }

  menuItem(title: string): Locator {
    return this.page.locator(".menu .menu-item", { hasText: title });
  }

  /** Opens the settings at a plugin's tab. */
  async openSettings(tab: string = this.ownPlugin()): Promise<void> {
    await this.page.evaluate((id) => {
      window.__host.app.setting.open();
      window.__host.app.setting.openTabById(id);
    }, tab);
  }

  async closeSettings(): Promise<void> {
    await this.page.evaluate(() => window.__host.app.setting.close());
  }

  /** The row of the open settings tab with this name. */
  setting(name: string): Locator {
    const exact = this.page.locator(".setting-item-name", { hasText: new RegExp(`^${escapeRegExp(name)}$`) });
    return this.page.locator(".vertical-tab-content .setting-item", { has: exact });
  }

  async setToggle(name: string, on: boolean): Promise<void> {
    const toggle = this.setting(name).locator(".checkbox-container");
    const enabled = await toggle.evaluate((el) => el.classList.contains("is-enabled"));
    if (enabled !== on) await toggle.click();
  }

  async setText(name: string, text: string): Promise<void> {
    await this.setting(name).locator("input, textarea").first().fill(text);
  }

  async setDropdown(name: string, value: string): Promise<void> {
    await this.setting(name).locator("select").selectOption(value);
  }

  /** Makes a secret with real keys and links it to a setting that has a SecretComponent. */
  async setSecret(name: string, id: string, secret: string): Promise<void> {
    await this.setting(name).locator(".secret-component button").click();
    await this.page.locator(".mod-secret .secret-id").fill(id);
    await this.page.locator(".mod-secret .secret-text").fill(secret);
    await this.page.locator(".mod-secret .mod-cta").click();
  }

  /** The text of every notice so far. */
  async notices(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.__host.notices());
  }

  /** data.json as it lies on the disk, or null. */
  dataJson(): unknown {
    const file = path.join(this.pluginFolder(), "data.json");
    try {
      return JSON.parse(readFileSync(file, "utf8")) as unknown;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  }

  // Files

  /** Opens a canvas in a pane and returns the hands to edit it. */
  async openCanvas(vaultPath: string, how: "same" | "tab" | "split" | "window" = "same"): Promise<CanvasHelper> {
    const leafId = await this.openFile(vaultPath, how);
    const canvas = new CanvasHelper(this.page, leafId, how === "window");
    await canvas.ready();
    return canvas;
  }

  async openFile(
    vaultPath: string,
    how: "same" | "tab" | "split" | "window" | "deferred" = "same",
  ): Promise<string> {
    return this.page.evaluate(([file, where]) => window.__host.openFile(file, where), [vaultPath, how] as const);
  }

  async closeFile(vaultPath: string): Promise<void> {
    await this.page.evaluate((value) => window.__host.closeFile(value), vaultPath);
  }

  /** Saves what is unsaved now, instead of waiting for the delay. */
  async saveAll(): Promise<void> {
    await this.page.evaluate(() => window.__host.saveAll());
  }

  /** Makes the app look at the whole disk now; resolves when its events have fired. */
  async reconcile(): Promise<void> {
    await this.page.evaluate(() => window.__host.reconcileAll());
  }

  async layoutReady(): Promise<void> {
    await this.page.evaluate(() => window.__host.layoutReady());
  }

  // Looks

  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate((value) => window.__host.setTheme(value), theme);
  }

  /** Writes screenshots/<name>.png of the project, which git ignores. Returns the file. */
  async screenshot(name: string, locator?: Locator): Promise<string> {
    const file = path.resolve("screenshots", `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await (locator ?? this.page).screenshot({ path: file, animations: "disabled" });
    return file;
  }

  // Faults

  /** Page errors, console errors, and calls that the strict host refused. */
  async errors(): Promise<string[]> {
    const refused = await this.page.evaluate(() => window.__host.violations());
    return [...this.problems, ...refused.map((one) => `refused: ${one}`)];
  }

  /** Forgets the errors so far: a test that provokes one says so with this. */
  async clearErrors(): Promise<void> {
    this.problems.length = 0;
    await this.page.evaluate(() => window.__host.clearViolations());
  }

  /** Quits as the user does; `false` when the tasks took longer than the app waits. */
  async quit(patience = 3000): Promise<boolean> {
    return this.page.evaluate((ms) => window.__host.quit(ms), patience);
  }

  protected attach(page: Page): void {
    this.current = page;
    page.on("pageerror", (error) => this.noteError(`page error: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.noteError(`console: ${message.text()}`);
    });
  }

  protected noteError(problem: string): void {
    this.problems.push(problem);
  }

  private ownPlugin(): string {
    if (this.pluginId === null) throw new Error("no plugin was installed at launch");
    return this.pluginId;
  }

  private pluginFolder(): string {
    return path.join(this.vaultDir, ".obsidian", "plugins", this.ownPlugin());
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
