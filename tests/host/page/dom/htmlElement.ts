import { define } from "./define";
import type { Win } from "./define";
import { delegation } from "./delegation";

export function installHtmlElement(win: Win): void {
  const styling = {
    setCssStyles(this: HTMLElement, styles: Record<string, string>): void {
      Object.assign(this.style, styles);
    },
    setCssProps(this: HTMLElement, props: Record<string, string>): void {
      for (const [name, value] of Object.entries(props)) this.style.setProperty(name, value);
    },
  };
  define(win.SVGElement.prototype, styling);
  define(win.HTMLElement.prototype, {
    ...styling,
    show(this: HTMLElement): void {
      if (this.style.display === "none") this.style.display = "";
    },
    hide(this: HTMLElement): void {
      this.style.display = "none";
    },
    toggle(this: HTMLElement, shown: boolean): void {
      if (shown) this.show();
      else this.hide();
    },
    toggleVisibility(this: HTMLElement, visible: boolean): void {
      this.style.visibility = visible ? "" : "hidden";
    },
    isShown(this: HTMLElement): boolean {
      return this.offsetParent !== null;
    },
    onClickEvent(this: HTMLElement, listener: EventListener, options?: AddEventListenerOptions): void {
      this.addEventListener("click", listener, options);
      this.addEventListener("auxclick", listener, options);
    },
    trigger(this: HTMLElement, type: string): void {
      this.dispatchEvent(new win.Event(type, { bubbles: true, cancelable: true }));
    },
    onNodeInserted(this: HTMLElement, listener: () => unknown, once = false): () => void {
      return watchConnection(win, this, listener, once);
    },
    onWindowMigrated(this: HTMLElement, listener: (target: Window) => unknown): () => void {
      const set = migrations.get(this) ?? new Set();
      migrations.set(this, set.add(listener));
      return () => void set.delete(listener);
    },
  });
  for (const proto of [win.HTMLElement.prototype, win.Document.prototype]) define(proto, delegation());
}

const migrations = new WeakMap<Node, Set<(win: Window) => unknown>>();

/** Host only: tells every element below `root` that it now lives in another window. */
export function announceMigration(root: HTMLElement): void {
  for (const el of [root, ...root.querySelectorAll("*")]) {
    for (const listener of migrations.get(el) ?? []) listener(root.win);
  }
}

function watchConnection(win: Win, el: HTMLElement, listener: () => unknown, once: boolean): () => void {
  let connected = el.isConnected;
  const observer = new win.MutationObserver(() => {
    if (el.isConnected && !connected) {
      if (once) observer.disconnect();
      listener();
    }
    connected = el.isConnected;
  });
  observer.observe(win.document, { childList: true, subtree: true });
  return () => observer.disconnect();
}
