import type { Plugin } from "obsidian";
import { setAttribute } from "../../panel/dom/keyedChildren";
import type { Session } from "../../panel/session/session";
import type { Format } from "../../panel/text/format";
import { strings } from "../../panel/text/strings";
import { chipOf, chipLabel } from "../../panel/view/chip";
import { PANEL_ICON } from "./engramPanel";

/** The icon that opens the panel, with the chip's colour as a dot and its words as the tooltip. */
export function addRibbon(plugin: Plugin, session: Session, format: Format, openPanel: () => void): void {
  const icon = plugin.addRibbonIcon(PANEL_ICON, strings.title, openPanel);
  icon.addClass("canvas-engram-ribbon");
  const show = (): void => {
    const chip = chipOf(session.look(), format);
    setAttribute(icon, "data-tone", chip.tone);
    setAttribute(icon, "aria-label", chipLabel(chip));
  };
  plugin.register(session.onChange(show));
  show();
}
