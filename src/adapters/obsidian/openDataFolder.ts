import { FileSystemAdapter, normalizePath, Notice } from "obsidian";
import type { Plugin } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import { call } from "./call";

/** Shows the folder with everything that the plugin keeps; where the app cannot, its path goes on the clipboard. */
export async function openDataFolder({ app, manifest }: Plugin): Promise<void> {
  const folder = normalizePath(manifest.dir ?? `${app.vault.configDir}/plugins/${manifest.id}`);
  // No public API opens a folder. A phone has none that could be opened.
  if (call(app, "showInFolder", `${folder}/data.json`)) return;
  const { adapter } = app.vault;
  const path = adapter instanceof FileSystemAdapter ? adapter.getFullPath(folder) : folder;
  await navigator.clipboard.writeText(path);
  new Notice(fill(strings.storage.pathCopied, { path }));
}
