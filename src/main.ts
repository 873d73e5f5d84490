import { Plugin } from "obsidian";
import type { EngramApi } from "./adapters/obsidian/pluginApi";
import { compose, loadSettings } from "./compose";
import type { Composition } from "./compose";

/** Lifecycle only: what there is, is put together in compose. */
export default class CanvasEngramPlugin extends Plugin {
  /** For other plugins. Undefined until the plugin is loaded. */
  api: EngramApi | undefined;
  private composition: Composition | null = null;
  private unloaded = false;

  override async onload(): Promise<void> {
    const loaded = await loadSettings(this);
    if (this.unloaded) return;
    const composition = compose(this, loaded);
    this.composition = composition;
    this.api = composition.api;
    this.app.workspace.onLayoutReady(() => {
      if (!this.unloaded) void composition.start();
    });
  }

  override onunload(): void {
    this.unloaded = true;
    void this.composition?.close();
  }

  override onUserEnable(): void {
    void this.composition?.openPanel();
  }

  override async onExternalSettingsChange(): Promise<void> {
    await this.composition?.reloadSettings();
  }
}
