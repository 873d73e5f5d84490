import { define, defineGetter } from "./define";
import type { Win } from "./define";
import { make, makeSvg } from "./make";
import type { Info } from "./make";

export function installGlobals(win: Win): void {
  define(win, {
    createEl: (tag: string, info?: Info, cb?: (el: HTMLElement) => void) => make(win.document, tag, info, cb),
    createDiv: (info?: Info, cb?: (el: HTMLElement) => void) => make(win.document, "div", info, cb),
    createSpan: (info?: Info, cb?: (el: HTMLElement) => void) => make(win.document, "span", info, cb),
    createSvg: (tag: string, info?: SvgElementInfo | string) => makeSvg(win.document, tag, info),
    createFragment: (cb?: (el: DocumentFragment) => void) => {
      const fragment = win.document.createDocumentFragment();
      cb?.(fragment);
      return fragment;
    },
    fish: (selector: string) => win.document.querySelector(selector),
    fishAll: (selector: string) => [...win.document.querySelectorAll(selector)],
    isBoolean: (value: unknown) => typeof value === "boolean",
    sleep: (ms: number) => new Promise((resolve) => win.setTimeout(resolve, ms)),
    nextFrame: () => new Promise((resolve) => win.requestAnimationFrame(() => resolve(undefined))),
    ready: (fn: () => unknown) => void fn(),
    activeWindow: win,
    activeDocument: win.document,
  });
  defineGetter(win.UIEvent.prototype, "targetNode", function (this: UIEvent) {
    return this.target instanceof win.Node ? this.target : null;
  });
  defineGetter(win.UIEvent.prototype, "win", function (this: UIEvent) {
    return this.view ?? win;
  });
  defineGetter(win.UIEvent.prototype, "doc", function (this: UIEvent) {
    return (this.view ?? win).document;
  });
  define(win.UIEvent.prototype, {
    instanceOf(this: UIEvent, type: { name: string }): boolean {
      const own = (this.win as unknown as Record<string, unknown>)[type.name];
      return typeof own === "function" && this instanceof (own as new () => object);
    },
  });
}
