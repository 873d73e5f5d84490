import { Notice } from "obsidian";
import type { ObsidianProtocolData, Plugin } from "obsidian";
import { strings } from "../../panel/text/strings";
import { openCard } from "./openCard";
import { openPanel, openSettings } from "./openViews";
import { reported } from "./reported";

/**
 * `obsidian://canvas-engram?do=…`. Any web page can open such an address, so it may open and show things and never
 * change, send or delete any: `panel` (also where nothing is asked for), `settings`, and `canvas` with `path` and perhaps
 * `node`, the id of a node as the canvas has it.
 */
export function addUriHandler(plugin: Plugin): void {
  const { app, manifest } = plugin;
  const open = async (asked: ObsidianProtocolData): Promise<void> => {
    // The app uses the name `action` itself. Whether an address may have one of its own is not promised, so `do` is what is told to people.
    switch (asked["do"] ?? (asked.action === manifest.id ? "panel" : asked.action)) {
      case "panel":
        return openPanel(app);
      case "settings":
        return openSettings(app, manifest.id);
      case "canvas":
        return openCard(app, asked["path"] ?? "", asked["node"] ?? null);
      default:
        new Notice(strings.uri.unknown);
    }
  };
  plugin.registerObsidianProtocolHandler(manifest.id, (asked) => void reported(() => open(asked)));
}
