import type { Tab } from "../view/panelView";
import { tabIds } from "../view/tabs";
import type { TabId } from "../view/tabs";
import { strings } from "../text/strings";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { cls } from "./panelParts";
import type { Actions } from "./panelParts";

interface TabElements {
  readonly button: HTMLButtonElement;
  readonly label: HTMLElement;
  readonly count: HTMLElement;
}

/** The tabs of the panel: one of them is in the order of the Tab key, the arrow keys go from one to the next. */
export interface TabBar {
  show(tabs: readonly Tab[], open: TabId): void;
  /** The tab to which this key leads, or null where it leads to none. */
  next(target: Element | null, key: string): TabId | null;
  focus(tab: TabId): void;
}

export function tabBar(parent: HTMLElement, id: string, actions: Actions): TabBar {
  const root = parent.createDiv({ cls: cls("tabs"), attr: { role: "tablist" } });
  let opened: TabId = "now";
  const make = (at: HTMLElement): { element: HTMLElement; part: TabElements } => {
    const button = at.createEl("button", { cls: cls("tab"), attr: { type: "button", role: "tab" } });
    return { element: button, part: { button, label: button.createSpan(), count: button.createSpan({ cls: cls("tab-count") }) } };
  };
  const update = ({ button, label, count }: TabElements, tab: Tab): void => {
    const isOpen = tab.id === opened;
    setText(label, tab.label);
    setShown(count, tab.count !== null);
    setText(count, tab.count ?? "");
    setAttribute(button, "id", `${id}-tab-${tab.id}`);
    setAttribute(button, "data-tab", tab.id);
    setAttribute(button, "aria-controls", `${id}-${tab.id}`);
    setAttribute(button, "aria-selected", String(isOpen));
    setAttribute(button, "tabindex", isOpen ? "0" : "-1");
    actions.set(button, { kind: "open-tab", tab: tab.id });
  };
  const tabs = new KeyedChildren<Tab, TabElements>(root, (tab) => tab.id, make, update);
  return {
    show(shown, open) {
      opened = open;
      setAttribute(root, "aria-label", strings.tabs.label);
      tabs.show(shown);
    },
    next(target, key) {
      const from = tabIds.find((tab) => tab === target?.closest("[data-tab]")?.getAttribute("data-tab"));
      if (from === undefined || target === null || !root.contains(target)) return null;
      return tabAfter(from, key, root.ownerDocument.defaultView?.getComputedStyle(root).direction === "rtl");
    },
    focus(tab) {
      root.querySelector<HTMLElement>(`[data-tab="${tab}"]`)?.focus();
    },
  };
}

function tabAfter(from: TabId, key: string, isRightToLeft: boolean): TabId | null {
  const forward = isRightToLeft ? "ArrowLeft" : "ArrowRight";
  const at = tabIds.indexOf(from);
  const to = (index: number): TabId | null => tabIds[(index + tabIds.length) % tabIds.length] ?? null;
  if (key === forward) return to(at + 1);
  if (key === "ArrowLeft" || key === "ArrowRight") return to(at - 1);
  if (key === "Home") return to(0);
  return key === "End" ? to(-1) : null;
}
