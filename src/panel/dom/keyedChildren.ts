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
    const elements = items.map((item) => {
      const { element, part } = this.partOf(this.keyOf(item));
      this.update(part, item);
      return element;
    });
    if (!this.isInOrder(elements)) this.bringInOrder(elements);
  }

  /** The element of an item that was shown. */
  elementOf(key: string): HTMLElement | null {
    return this.parts.get(key)?.element ?? null;
  }

  private isInOrder(elements: readonly HTMLElement[]): boolean {
    let place = this.parent.firstElementChild;
    for (const element of elements) {
      if (place !== element) return false;
      place = element.nextElementSibling;
    }
    return true;
  }

  // Asking for the focus or the selection makes the browser lay out what was changed: only where something has to move.
  private bringInOrder(elements: readonly HTMLElement[]): void {
    const still = childInUse(this.parent);
    let place = this.parent.firstElementChild;
    for (const element of elements) {
      // The rest is brought to the other side of the element in use, which would lose its focus or selection if it moved.
      while (element === still && place !== null && place !== element) {
        const passed: Element = place;
        place = passed.nextElementSibling;
        this.parent.append(passed);
      }
      if (place === element) place = element.nextElementSibling;
      else this.parent.insertBefore(element, place);
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

/** The child that has the focus, or else the beginning of what is selected. */
function childInUse(parent: HTMLElement): Element | null {
  const { activeElement, defaultView } = parent.ownerDocument;
  const selection = defaultView?.getSelection() ?? null;
  return childWith(parent, activeElement) ?? (selection?.isCollapsed === false ? childWith(parent, selection.anchorNode) : null);
}

/** The child of an element in which a node stands. */
export function childWith(parent: HTMLElement, node: Node | null): HTMLElement | null {
  if (node === null || node === parent || !parent.contains(node)) return null;
  let child = node;
  while (child.parentNode !== null && child.parentNode !== parent) child = child.parentNode;
  return child as HTMLElement;
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
