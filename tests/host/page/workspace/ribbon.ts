import { closed, strict } from "../core/strict";
import { setIcon } from "../ui/icons";

/** The strip of icons at the left edge. */
export class WorkspaceRibbon {
  containerEl: HTMLElement;
  private actionsEl: HTMLElement;

  constructor(side: "left" | "right") {
    this.containerEl = document.createElement("div");
    this.containerEl.addClass("workspace-ribbon", "side-dock-ribbon", `mod-${side}`);
    this.actionsEl = this.containerEl.createDiv("side-dock-actions");
    return strict(this);
  }

  /** Host only. */
  hostAdd(icon: string, title: string, callback: (evt: MouseEvent) => unknown): HTMLElement {
    const el = this.actionsEl.createDiv({
      cls: "clickable-icon side-dock-ribbon-action",
      attr: { "aria-label": title, "data-tooltip-position": "right" },
    });
    setIcon(el, icon);
    el.addEventListener("click", callback);
    return el;
  }
}
closed(WorkspaceRibbon);
