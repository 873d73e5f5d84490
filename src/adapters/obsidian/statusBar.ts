import { Platform } from "obsidian";
import type { Plugin } from "obsidian";
import { chipLabel, chipOf } from "../../panel/view/chip";
import type { Format } from "../../panel/text/format";
import { setAttribute, setText } from "../../panel/dom/keyedChildren";
import type { Session } from "../../panel/session/session";

/** The panel's chip in the status bar, where there is one: a click opens the panel. */
export function addStatusBar(plugin: Plugin, session: Session, format: Format, openPanel: () => void): void {
  if (Platform.isMobile) return;
  const item = plugin.addStatusBarItem();
  item.addClass("canvas-engram-status", "mod-clickable");
  setAttribute(item, "role", "button");
  setAttribute(item, "tabindex", "0");
  const text = item.createSpan();
  const show = (): void => {
    const chip = chipOf(session.look(), format);
    setAttribute(item, "data-tone", chip.tone);
    setAttribute(item, "aria-label", chipLabel(chip));
    setText(text, chip.text);
  };
  plugin.register(session.onChange(show));
  plugin.registerDomEvent(item, "click", openPanel);
  plugin.registerDomEvent(item, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    // The page would scroll with a space.
    event.preventDefault();
    openPanel();
  });
  show();
}
