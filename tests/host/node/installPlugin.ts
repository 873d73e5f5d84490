import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** A plugin as text, where it has no folder. */
export interface PluginText {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly mainJs: string;
  readonly styles?: string;
}

/** Copies the three files of a release, unmodified, into the vault's plugin folder. Returns the plugin's id. */
export function installPluginDir(vaultDir: string, pluginDir: string): string {
  const { id } = JSON.parse(readFileSync(path.join(pluginDir, "manifest.json"), "utf8")) as { id: string };
  const target = pluginFolder(vaultDir, id);
  for (const name of ["manifest.json", "main.js", "styles.css"]) {
    const source = path.join(pluginDir, name);
    if (existsSync(source)) copyFileSync(source, path.join(target, name));
  }
  return id;
}

export function installPluginText(vaultDir: string, plugin: PluginText): string {
  const id = String(plugin.manifest["id"]);
  const target = pluginFolder(vaultDir, id);
  writeFileSync(path.join(target, "manifest.json"), JSON.stringify(plugin.manifest, null, 2));
  writeFileSync(path.join(target, "main.js"), plugin.mainJs);
  if (plugin.styles !== undefined) writeFileSync(path.join(target, "styles.css"), plugin.styles);
  return id;
}

function pluginFolder(vaultDir: string, id: string): string {
  const folder = path.join(vaultDir, ".obsidian", "plugins", id);
  mkdirSync(folder, { recursive: true });
  return folder;
}
