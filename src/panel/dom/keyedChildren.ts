/**
 * Brings the children of an element in line with a list: the same key keeps its element, so focus, hover and selected
 * text survive. Elements are made once and updated in place; those without an item are removed.
 */
export class KeyedChildren<Item, Part> {
  private readonly parts = new Map<string, { readonly element: HTMLElement; readonly part: Part }>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly keyOf: (item: Item) => string,
    /** Makes the element of an item in the parent, and whatever is needed to update it. */
    private readonly make: (parent: HTMLElement) => { readonly element: HTMLElement; readonly part: Part },
    private readonly update: (part: Part, item: Item) => void,
  ) {}

  show(items: readonly Item[]): void {
    const wanted = new Set(items.map(this.keyOf));
    for (const [key, { element }] of this.parts) {
      if (wanted.has(key)) continue;
      element.remove();
      this.parts.delete(key);
    }
    let before: Element | null = null;
    for (const item of items) {
      const { element, part } = this.partOf(this.keyOf(item));
      this.update(part, item);
      // Moving an element that stands right already would take its focus away.
      const place: Element | null = before === null ? this.parent.firstElementChild : before.nextElementSibling;
      if (place !== element) this.parent.insertBefore(element, place);
      before = element;
    }
  }

  private partOf(key: string): { readonly element: HTMLElement; readonly part: Part } {
    const known = this.parts.get(key);
    if (known !== undefined) return known;
    const made = this.make(this.parent);
    this.parts.set(key, made);
    return made;
  }
}

/** Sets the text of an element only where it differs: an unchanged text keeps its selection, and nothing is announced twice. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export function setShown(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}
