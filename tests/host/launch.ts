import { createHash } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import * as path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { sharedBrowser } from "./node/browser";
import { HostHelpers } from "./node/helpers";
import { installPluginDir, installPluginText } from "./node/installPlugin";
import type { PluginText } from "./node/installPlugin";
import { fetchForPage } from "./node/network";
import { PageServer } from "./node/pageServer";
import { VaultServer } from "./node/vaultServer";
import { VaultWatcher } from "./node/vaultWatcher";
import { DEFAULT_ASSUMPTIONS } from "./protocol";
import type { Assumptions, FsRequest, HostConfig, NetRequest, PlatformName, ThemeName } from "./protocol";

export interface LaunchOptions {
  /** A folder that the test owns; `.obsidian` is made in it. */
  readonly vaultDir: string;
  /** Folders with manifest.json, main.js and perhaps styles.css: copied into the vault as they are. */
  readonly pluginDir?: string;
  /** Instead of `pluginDir`: the text of a main.js and its manifest. */
  readonly plugin?: PluginText;
  readonly platform?: PlatformName;
  readonly theme?: ThemeName;
  readonly language?: string;
  /** ms before layout-ready; null: the test calls `host.layoutReady()`. Default 0. */
  readonly layoutReadyDelay?: number | null;
  /** Turn a default assumption around. */
  readonly assume?: Partial<Assumptions>;
  /** Sees changes of the disk by itself. Default true; with false the test calls `host.reconcile()`. */
  readonly watch?: boolean;
  /** Playwright's clock from the start: timers and Date move only when the test says so. */
  readonly fakeClock?: boolean;
  /** Wraps timers, listeners, sockets to find leaks. Default true; benchmarks turn it off. */
  readonly trackLeaks?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Starts the app on a vault. Every host has local storage of its own, which `reload` and `crash` keep. */
export async function launchHost(options: LaunchOptions): Promise<ObsidianHost> {
  const vaultDir = realpathSync(options.vaultDir);
  mkdirSync(path.join(vaultDir, ".obsidian"), { recursive: true });
  const pluginId = install(vaultDir, options);
  const mobile = options.platform === "mobile";
  const [browser, pages] = await Promise.all([sharedBrowser(), PageServer.start()]);
  const context = await browser.newContext({
    viewport: options.viewport ?? (mobile ? { width: 412, height: 860 } : { width: 1280, height: 800 }),
    ...(mobile ? { hasTouch: true } : {}),
  });
  const server = new VaultServer(vaultDir);
  const host = new ObsidianHost(context, pages, server, configOf(vaultDir, options), options, pluginId);
  await host.start();
  return host;
}

function install(vaultDir: string, { pluginDir, plugin }: LaunchOptions): string | null {
  if (pluginDir !== undefined) return installPluginDir(vaultDir, pluginDir);
  return plugin === undefined ? null : installPluginText(vaultDir, plugin);
}

function configOf(vaultDir: string, options: LaunchOptions): HostConfig {
  return {
    appId: createHash("sha256").update(vaultDir).digest("hex").slice(0, 16),
    vaultName: path.basename(vaultDir),
    basePath: vaultDir,
    platform: options.platform ?? "desktop",
    theme: options.theme ?? "light",
    language: options.language ?? "en",
    layoutReadyDelay: options.layoutReadyDelay === undefined ? 0 : options.layoutReadyDelay,
    trackLeaks: options.trackLeaks ?? true,
    assume: { ...DEFAULT_ASSUMPTIONS, ...options.assume },
  };
}

/** A running app. Page errors, refused calls and console errors are collected; assert that `errors()` is empty. */
export class ObsidianHost extends HostHelpers {
  private readonly watcher: VaultWatcher | null;
  private crashed: Promise<void> | null = null;

  constructor(
    private readonly context: BrowserContext,
    private readonly pages: PageServer,
    readonly server: VaultServer,
    private readonly config: HostConfig,
    private readonly options: LaunchOptions,
    pluginId: string | null,
  ) {
    super(server.root, pluginId);
    this.watcher = options.watch === false ? null : new VaultWatcher(server.root, (paths) => this.seen(paths));
    server.onCrash = () => {
      this.crashed = this.endPage();
    };
  }

  get faults(): VaultServer["faults"] {
    return this.server.faults;
  }

  /** Every file operation so far, oldest first. */
  get fsLog(): VaultServer["log"] {
    return this.server.log;
  }

  /** Opens the app. Plugins that were enabled when it was last closed are enabled again. */
  async start(): Promise<void> {
    await this.watcher?.ready();
    const page = await this.context.newPage();
    this.attach(page);
    await page.exposeFunction("__hostFs", (request: FsRequest) => this.server.handle(request));
    await page.exposeFunction("__hostNet", (request: NetRequest) => fetchForPage(request));
    if (this.options.fakeClock === true) await page.clock.install();
    await page.goto(this.pages.origin);
    await page.evaluate((config) => window.__host.boot(config), this.config);
  }

  /** Puts another plugin beside the one under test; `enablePlugin(id)` turns it on. */
  installPlugin(plugin: PluginText): string {
    return installPluginText(this.vaultDir, plugin);
  }

  /** The process dies: no more I/O, no unload, no quit. The vault and the local storage stay. */
  async crash(): Promise<void> {
    this.server.kill();
    this.crashed ??= this.endPage();
    await this.crashed;
    // What the system was writing comes to its end, and never after the next start has read the file.
    await this.server.settled();
  }

  /** Resolves when a fault has killed the app. */
  async untilCrashed(): Promise<void> {
    while (this.crashed === null) await new Promise((resolve) => setTimeout(resolve, 5));
    await this.crashed;
  }

  /** The same device opens the same vault again: after a crash at once, else after a proper quit. */
  async reload(): Promise<void> {
    if (this.crashed === null) {
      await this.quit();
      this.server.kill();
      await this.endPage();
    }
    await this.crashed;
    this.crashed = null;
    this.server.revive();
    await this.start();
  }

  async close(): Promise<void> {
    this.server.kill();
    await this.watcher?.close();
    await this.context.close();
    await this.server.settled();
    this.pages.close();
  }

  private async seen(paths: readonly string[]): Promise<void> {
    if (this.crashed !== null || this.page.isClosed()) return;
    try {
      await this.page.evaluate((value) => window.__host.filesChanged(value), paths);
    } catch (error) {
      if (!this.page.isClosed() && this.crashed === null) this.noteError(`watcher: ${String(error)}`);
    }
  }

  private async endPage(): Promise<void> {
    const page: Page = this.page;
    await page.close({ runBeforeUnload: false });
  }
}
