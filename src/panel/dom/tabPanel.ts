import type { TabId } from "../view/tabs";
import { setShown } from "./keyedChildren";
import { cls } from "./panelParts";
import type { Part } from "./panelParts";

/** What stands under one tab. It is updated only while the tab is open. */
export function tabPanel<T>(parent: HTMLElement, id: string, tab: TabId, make: (root: HTMLElement) => Part<T>): Part<T> {
  const attr = { role: "tabpanel", id: `${id}-${tab}`, "aria-labelledby": `${id}-tab-${tab}` };
  const root = parent.createDiv({ cls: cls("tab-panel"), attr });
  const part = make(root);
  setShown(root, false);
  return {
    show(view) {
      setShown(root, view !== null);
      if (view !== null) part.show(view);
    },
  };
}
