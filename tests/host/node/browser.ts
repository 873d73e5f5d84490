import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Pictures of one state are then the same on every machine with the same fonts.
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--force-color-profile=srgb",
];

/** CHROMIUM_PATH, else a well-known place, else null. */
export function findBrowser(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : null;
  return CANDIDATES.find((candidate) => existsSync(candidate)) ?? null;
}

/**
 * Whether browser tests can run here. Without a browser: one loud line and false; with REQUIRE_BROWSER=1 a throw.
 * Use as `describe.skipIf(!browserAvailable())`.
 */
export function browserAvailable(): boolean {
  if (findBrowser() !== null) return true;
  const message = "no Chromium found (set CHROMIUM_PATH): the browser tests do not run";
  if (process.env["REQUIRE_BROWSER"] === "1") throw new Error(message);
  console.warn(`\n!!! SKIPPED: ${message} !!!\n`);
  return false;
}

let shared: Promise<Browser> | null = null;

/** One browser for all hosts of this process; each host has a context of its own. */
export function sharedBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) return Promise.reject(new Error("no Chromium found (set CHROMIUM_PATH)"));
  shared ??= chromium.launch({ executablePath, args: FLAGS });
  return shared;
}

export async function closeBrowser(): Promise<void> {
  const browser = await shared;
  shared = null;
  await browser?.close();
}
