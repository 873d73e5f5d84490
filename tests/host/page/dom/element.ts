import { define } from "./define";
import type { Win } from "./define";

export function installElement(win: Win): void {
  const query = {
    find(this: ParentNode, selector: string): Element | null {
      return this.querySelector(selector);
    },
    findAll(this: ParentNode, selector: string): Element[] {
      return [...this.querySelectorAll(selector)];
    },
  };
  define(win.Element.prototype, {
    ...query,
    findAllSelf(this: Element, selector: string): Element[] {
      return [...(this.matches(selector) ? [this] : []), ...this.querySelectorAll(selector)];
    },
    getText(this: Element): string {
      return this.textContent ?? "";
    },
    setText(this: Element, value: string | DocumentFragment): void {
      if (typeof value === "string") this.textContent = value;
      else this.replaceChildren(value);
    },
    addClass(this: Element, ...classes: string[]): void {
      this.classList.add(...classes);
    },
    addClasses(this: Element, classes: string[]): void {
      this.classList.add(...classes);
    },
    removeClass(this: Element, ...classes: string[]): void {
      this.classList.remove(...classes);
    },
    removeClasses(this: Element, classes: string[]): void {
      this.classList.remove(...classes);
    },
    toggleClass(this: Element, classes: string | string[], value: boolean): void {
      for (const cls of typeof classes === "string" ? [classes] : classes) this.classList.toggle(cls, value);
    },
    hasClass(this: Element, cls: string): boolean {
      return this.classList.contains(cls);
    },
    setAttr(this: Element, name: string, value: string | number | boolean | null): void {
      if (value === null) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
    setAttrs(this: Element, attrs: Record<string, string | number | boolean | null>): void {
      for (const [name, value] of Object.entries(attrs)) this.setAttr(name, value);
    },
    getAttr(this: Element, name: string): string | null {
      return this.getAttribute(name);
    },
    matchParent(this: Element, selector: string, lastParent?: Element): Element | null {
      const found = this.closest(selector);
      return found !== null && lastParent !== undefined && !lastParent.contains(found) ? null : found;
    },
    getCssPropertyValue(this: Element, property: string, pseudo?: string): string {
      return win.getComputedStyle(this, pseudo).getPropertyValue(property).trim();
    },
    isActiveElement(this: Element): boolean {
      return this.doc.activeElement === this;
    },
  });
  define(win.DocumentFragment.prototype, query);
}
