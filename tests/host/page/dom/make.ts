const classesOf = (cls: string | readonly string[]): string[] =>
  (typeof cls === "string" ? cls.split(" ") : [...cls]).filter((one) => one !== "");

function applyInfo(el: Element, info: DomElementInfo | SvgElementInfo | string | undefined): void {
  if (info === undefined) return;
  const options: DomElementInfo = typeof info === "string" ? { cls: info } : info;
  if (options.cls !== undefined) el.classList.add(...classesOf(options.cls));
  if (options.text !== undefined) el.setText(options.text);
  if (options.attr !== undefined) el.setAttrs(options.attr);
  if (options.title !== undefined) el.setAttr("title", options.title);
  if (options.value !== undefined) (el as HTMLInputElement).value = options.value;
  if (options.type !== undefined) el.setAttr("type", options.type);
  if (options.placeholder !== undefined) el.setAttr("placeholder", options.placeholder);
  if (options.href !== undefined) el.setAttr("href", options.href);
  if (options.parent !== undefined) place(options.parent, el, options.prepend === true);
}

export function place(parent: Node, child: Node, first: boolean): void {
  if (first) parent.insertBefore(child, parent.firstChild);
  else parent.appendChild(child);
}

export type Info = DomElementInfo | string | undefined;

type Made = (el: HTMLElement) => void;

export function make(doc: Document, tag: string, info: Info, callback: Made | undefined): HTMLElement {
  const el = doc.createElement(tag);
  applyInfo(el, info);
  callback?.(el);
  return el;
}

export function makeSvg(doc: Document, tag: string, info: SvgElementInfo | string | undefined): SVGElement {
  const el = doc.createElementNS("http://www.w3.org/2000/svg", tag);
  applyInfo(el, info);
  return el;
}
