import type { Plugin } from "obsidian";

export interface HostWishes {
  /** The app may be gone in a moment. */
  flush(): Promise<void>;
  /** The app is back from sleep, from the background or from being offline. */
  wake(): void;
}

/** Listens for what the app and the system do, until the plugin unloads. */
export function watchHost(plugin: Plugin, wishes: HostWishes): void {
  plugin.registerEvent(plugin.app.workspace.on("quit", (tasks) => tasks.add(() => wishes.flush())));
  plugin.registerDomEvent(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") void wishes.flush();
    else wishes.wake();
  });
  plugin.registerDomEvent(window, "pagehide", () => void wishes.flush());
  plugin.registerDomEvent(window, "online", () => wishes.wake());
}
