import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { sharedBrowser } from "../node/browser";
import { PICTURE_TIME } from "./states";
import type { StateName } from "./states";
import type { ThemeName } from "../protocol";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");

/** Pixels of a panel at the side, as the app opens it first. */
export const PANEL_WIDTH = 300;
/** A side panel that needs no scrolling is shown whole; a list as long as it likes is not. */
const MOST_HEIGHT = 1_400;
const LEAST_HEIGHT = 240;

/** The panel fills the page; and its fonts are of the one family that every Debian with Chromium has, not of the machine's taste. */
const PLACE = `.workspace-split.mod-sidedock { width: 100%; height: 100%; } body { --font-interface-theme: "DejaVu Sans", sans-serif; --font-monospace: "DejaVu Sans Mono", monospace; }`;

let script: Promise<string> | null = null;

/** A page that shows the real panel's values in the real panel's DOM and styles, and nothing else. */
export async function openGallery(): Promise<GalleryPage> {
  script ??= bundleGallery();
  const browser = await sharedBrowser();
  const context = await browser.newContext({
    viewport: { width: PANEL_WIDTH, height: 800 },
    deviceScaleFactor: 1,
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const gallery = new GalleryPage(page);
  page.on("pageerror", (error) => gallery.errors.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error") gallery.errors.push(message.text());
  });
  await page.clock.setFixedTime(PICTURE_TIME);
  await page.setContent('<!doctype html><html lang="en"><title>Gallery</title><body class="theme-light mod-linux"></body></html>');
  for (const content of await styles()) await page.addStyleTag({ content });
  await page.addScriptTag({ content: await script });
  return gallery;
}

export class GalleryPage {
  readonly errors: string[] = [];

  constructor(readonly page: Page) {}

  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate((name) => {
      document.body.className = `theme-${name} mod-linux`;
    }, theme);
  }

  /** Shows a state, in a window that is as tall as it needs. */
  async show(name: StateName, width = PANEL_WIDTH): Promise<void> {
    await this.page.setViewportSize({ width, height: 800 });
    await this.page.evaluate((value) => window.gallery.show(value), name);
    await this.fit(width);
  }

  /** Makes the window as tall as what it shows. */
  async fit(width = PANEL_WIDTH): Promise<void> {
    const wanted = await this.page.evaluate(() => {
      const content = document.querySelector(".view-content");
      const last = Math.max(0, ...[...(content?.children ?? [])].map((child) => child.getBoundingClientRect().bottom));
      return Math.ceil(Math.max(last + 32, content !== null && content.scrollHeight > content.clientHeight ? content.scrollHeight : 0));
    });
    const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, wanted));
    await this.page.setViewportSize({ width, height });
    await this.page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
  }

  picture(): Promise<Buffer> {
    return this.page.screenshot({ animations: "disabled", caret: "hide", scale: "css" });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

async function styles(): Promise<readonly string[]> {
  const css = join(here, "..", "page", "css");
  const own = [join(css, "tokens.css"), join(css, "app.css"), join(root, "styles.css")];
  return [...(await Promise.all(own.map((file) => readFile(file, "utf8")))), PLACE];
}

async function bundleGallery(): Promise<string> {
  const result = await build({
    entryPoints: [join(here, "galleryPage.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    logLevel: "warning",
  });
  return result.outputFiles[0]?.text ?? "";
}
