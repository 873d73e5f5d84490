import type { App } from "obsidian";

/** A secret of this device by its name; null when there is none or the name is none that Obsidian accepts. */
export function readSecret(app: App, id: string): string | null {
  try {
    return app.secretStorage.getSecret(id);
  } catch {
    return null;
  }
}
