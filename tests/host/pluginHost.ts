import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { buildIfStale } from "../../src/cli/buildIfStale.mjs";
import { removeVault, tempVault } from "./fixtures/tempVault";
import { launchHost } from "./launch";
import type { LaunchOptions, ObsidianHost } from "./launch";

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A line of a journal as far as these tests look at it. */
export interface JournalLine {
  readonly id: string;
  readonly type: string;
  readonly seq: number;
  readonly origin: string;
  readonly canvas: { readonly id: string; readonly path: string } | null;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
}

const started: { host: ObsidianHost; vaultDir: string }[] = [];

/** The built plugin in a vault with these files, turned on by the user: its panel is open. */
export async function startPlugin(files: Readonly<Record<string, string>>, options: Partial<LaunchOptions> = {}): Promise<ObsidianHost> {
  const host = await launchPlugin(files, options);
  await host.enablePlugin();
  await panel(host).waitFor();
  // The app does this a second later; a crash before it would take the panel with it.
  await host.page.evaluate(() => window.__host.app.workspace.requestSaveLayout().run());
  return host;
}

/** The same, installed and not yet turned on. */
export async function launchPlugin(files: Readonly<Record<string, string>>, options: Partial<LaunchOptions> = {}): Promise<ObsidianHost> {
  if (!buildIfStale()) throw new Error("the build failed");
  const vaultDir = tempVault(files);
  const host = await launchHost({ vaultDir, pluginDir: projectRoot, ...options });
  started.push({ host, vaultDir });
  return host;
}

/** The built plugin in a vault that it captures from the start. */
export async function startCapturing(files: Readonly<Record<string, string>>, options: Partial<LaunchOptions> = {}): Promise<ObsidianHost> {
  const host = await startPlugin(files, options);
  await button(host, "Start").click();
  await chipToBe(host, "All saved here");
  return host;
}

export async function closeHosts(): Promise<void> {
  for (const { host, vaultDir } of started.splice(0)) {
    await host.close();
    removeVault(vaultDir);
  }
}

export function panel(host: ObsidianHost): ReturnType<ObsidianHost["page"]["locator"]> {
  return host.page.locator(".canvas-engram-panel");
}

export function button(host: ObsidianHost, label: string): ReturnType<ObsidianHost["page"]["locator"]> {
  return panel(host).getByRole("button", { name: label, exact: true });
}

/** Opens a tab of the panel by its name. */
export async function openTab(host: ObsidianHost, name: "Now" | "Batches" | "Failed" | "Learning"): Promise<void> {
  await panel(host).getByRole("tab", { name }).click();
}

/** Shows the tasks that ended, as soon as there is one. */
export async function unfoldEnded(host: ObsidianHost): Promise<void> {
  await panel(host).locator('.canvas-engram-fold[aria-expanded="false"]').click({ timeout: 45_000 });
}

export async function chipToBe(host: ObsidianHost, text: string | RegExp): Promise<void> {
  await soon(() => panel(host).locator(".canvas-engram-chip").textContent()).toMatch(text);
}

/** What `read` gives within a time that even a busy machine keeps. */
export function soon<T>(read: () => T | Promise<T>): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: 45_000 });
}

/** A figure of the panel by its key, such as `saved`. */
export async function figure(host: ObsidianHost, key: string): Promise<string | null> {
  return panel(host).locator(`[data-figure="${key}"] dd`).textContent();
}

/** Every line of every device's journal as it lies on the disk. */
export function journal(host: ObsidianHost): readonly JournalLine[] {
  const devices = join(host.vaultDir, ".obsidian", "plugins", "canvas-engram", "devices");
  if (!existsSync(devices)) return [];
  return readdirSync(devices, { recursive: true, encoding: "utf8" })
    .filter((name) => /[/\\]journal[/\\]\d+\.ndjson$/.test(name))
    .sort()
    .flatMap((name) => readFileSync(join(devices, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JournalLine);
}

export function types(lines: readonly JournalLine[]): readonly string[] {
  return lines.map((line) => line.type);
}

/** Waits until the journal holds an event of this type that `fits`, and gives the last such one. */
export async function journaled(
  host: ObsidianHost,
  type: string,
  fits: (line: JournalLine) => boolean = () => true,
): Promise<JournalLine> {
  const found = (): JournalLine | undefined => journal(host).filter((line) => line.type === type && fits(line)).at(-1);
  await soon(found).toBeDefined();
  return found() as JournalLine;
}

/** A hash of every canvas of the vault, by path. */
export function canvasHashes(host: ObsidianHost): Readonly<Record<string, string>> {
  const names = readdirSync(host.vaultDir, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".canvas"));
  return Object.fromEntries(
    names.sort().map((name) => [name, createHash("sha256").update(readFileSync(join(host.vaultDir, name))).digest("hex")]),
  );
}

/** A canvas in Obsidian's own layout, of text cards one below the other. */
export function canvasText(...cards: readonly { readonly id: string; readonly text: string; readonly color?: string }[]): string {
  const nodes = cards.map((card, index) => JSON.stringify({ ...card, type: "text", x: 0, y: 200 + index * 120, width: 250, height: 60 }));
  const lines = nodes.map((node) => `\t\t${node}`).join(",\n");
  return `{\n\t"nodes":[\n${lines}\n\t],\n\t"edges":[]\n}`;
}
