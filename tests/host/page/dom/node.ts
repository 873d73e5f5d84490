import { define, defineGetter } from "./define";
import type { Win } from "./define";
import { make, makeSvg, place } from "./make";
import type { Info } from "./make";

export function installNode(win: Win): void {
  const appendMade = (self: Node, el: Element, info: Info | SvgElementInfo): void => {
    const options = typeof info === "object" ? info : {};
    if (options.parent === undefined) place(self, el, options.prepend === true);
  };
  define(win.Node.prototype, {
    detach(this: Node): void {
      this.parentNode?.removeChild(this);
    },
    empty(this: Node): void {
      while (this.lastChild !== null) this.removeChild(this.lastChild);
    },
    insertAfter(this: Node, node: Node, child: Node | null): Node {
      return this.insertBefore(node, child === null ? this.firstChild : child.nextSibling);
    },
    indexOf(this: Node, other: Node): number {
      return Array.prototype.indexOf.call(this.childNodes, other);
    },
    setChildrenInPlace(this: Node, children: Node[]): void {
      for (const child of [...this.childNodes]) if (!children.includes(child)) this.removeChild(child);
      for (const child of children) this.appendChild(child);
    },
    appendText(this: Node, text: string): void {
      this.appendChild(win.document.createTextNode(text));
    },
    instanceOf(this: Node, type: { name: string }): boolean {
      const own = (this.win as unknown as Record<string, unknown>)[type.name];
      return typeof own === "function" ? this instanceof (own as new () => object) : false;
    },
    createEl(this: Node, tag: string, info?: Info, callback?: (el: HTMLElement) => void): HTMLElement {
      const el = make(this.doc, tag, info, callback);
      appendMade(this, el, info);
      return el;
    },
    createDiv(this: Node, info?: Info, callback?: (el: HTMLDivElement) => void): HTMLDivElement {
      return this.createEl("div", info, callback);
    },
    createSpan(this: Node, info?: Info, callback?: (el: HTMLSpanElement) => void): HTMLSpanElement {
      return this.createEl("span", info, callback);
    },
    createSvg(
      this: Node,
      tag: string,
      info?: SvgElementInfo | string,
      callback?: (el: SVGElement) => void,
    ): SVGElement {
      const el = makeSvg(this.doc, tag, info);
      appendMade(this, el, info);
      callback?.(el);
      return el;
    },
  });
  defineGetter(win.Node.prototype, "doc", function (this: Node) {
    return this.nodeType === 9 ? this : (this.ownerDocument ?? win.document);
  });
  defineGetter(win.Node.prototype, "win", function (this: Node) {
    return this.doc.defaultView ?? window;
  });
  defineGetter(win.Node.prototype, "constructorWin", () => win);
}
