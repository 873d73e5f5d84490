import type { App } from "obsidian";
import type { TabId } from "../../panel/view/tabs";
import { PANEL_TYPE } from "./engramPanel";
import { call } from "./call";

/** Opens the panel, at one of its tabs or where it was. */
export async function openPanel(app: App, tab: TabId | null = null): Promise<void> {
  await app.workspace.ensureSideLeaf(PANEL_TYPE, "right", { active: true, reveal: true, ...(tab === null ? {} : { state: { tab } }) });
}

/** Opens a file of the vault, a note at a line (from 1). A file that is gone by now opens nothing. */
export async function openFile(app: App, path: string, line: number | null): Promise<void> {
  const file = app.vault.getFileByPath(path);
  if (file === null) return;
  await app.workspace.getLeaf(false).openFile(file, line === null ? {} : { eState: { line: line - 1 } });
}

/** Opens the plugin's settings. The settings window is no public API: where it is missing nothing happens. */
export function openSettings(app: App, pluginId: string): void {
  const setting: unknown = "setting" in app ? app.setting : null;
  call(setting, "open");
  call(setting, "openTabById", pluginId);
}
