import { createFormat } from "../../../src/panel/text/format";
import { PanelDom } from "../../../src/panel/dom/panelDom";
import { panelView } from "../../../src/panel/view/viewModel";
import { installDom } from "../page/dom/installDom";
import { galleryStates, PICTURE_TIME } from "./states";
import type { StateName } from "./states";

/** The test's hand in the page. */
export interface Gallery {
  /** Shows a state in a new panel. */
  show(name: StateName): void;
}

declare global {
  interface Window {
    gallery: Gallery;
  }
}

installDom(window);

const format = createFormat("en");

/** The classes of the app around a panel at its right side. */
function sidePanel(): HTMLElement {
  document.body.empty();
  return document.body
    .createDiv("workspace-split mod-horizontal mod-sidedock mod-right-split")
    .createDiv("workspace-leaf")
    .createDiv({ cls: "workspace-leaf-content", attr: { "data-type": "canvas-engram-panel" } })
    .createDiv("view-content");
}

window.gallery = {
  show(name) {
    const { asksWhy, session, tab } = galleryStates[name];
    const root = sidePanel();
    const dom = new PanelDom(root, "gallery");
    dom.show(panelView(session, format, PICTURE_TIME, tab));
    if (asksWhy) dom.follow(root.querySelector(".canvas-engram-chip"));
  },
};
