import { defaultRangeExtractor, elementScroll, measureElement, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { Range, VirtualizerOptions } from "@tanstack/virtual-core";
import type { Rows } from "../view/rows";
import { childWith, KeyedChildren, setAttribute } from "./keyedChildren";
import { cls } from "./panelParts";
import { rowAfter } from "./rowAfter";

/** How a row is drawn: made once, then updated in place. */
export interface RowDrawing<Row, Part> {
  readonly make: (parent: HTMLElement) => { readonly element: HTMLElement; readonly part: Part };
  readonly update: (part: Part, row: Row) => void;
}

export interface WindowedListParts<Row, Part> {
  /** What scrolls. The list stands anywhere in it. */
  readonly scroller: HTMLElement;
  /** Pixels at the top of the scroller that something else covers. */
  readonly covered: () => number;
  /** Pixels of a row that was not seen yet. */
  readonly estimate: number;
  readonly drawing: RowDrawing<Row, Part>;
}

interface Placed<Row> {
  readonly key: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly row: Row;
}

interface PlacedPart<Part> {
  readonly element: HTMLElement;
  readonly part: Part;
}

/** Rows above and below the ones in sight. */
const OVERSCAN = 4;

/** Rows that are drawn at most: a scroller that has no style sheet yet, as in a new window, is as high as all rows together. */
const MOST = 120;

/** From here on the Tab key goes through one row only, or nobody would reach what stands below the list. */
const LONG = 30;

const none: Rows<never> = { size: 0, key: () => "", row: () => undefined as never };

/**
 * A list of any length, of which only the rows in sight are in the document, the one that has the focus, and those where a
 * selection begins and ends. It stays where it is while rows come, go and change.
 */
export class WindowedList<Row, Part> {
  readonly root: HTMLElement;
  private rows: Rows<Row> = none;
  private readonly children: KeyedChildren<Placed<Row>, PlacedPart<Part>>;
  private readonly keys = new WeakMap<Element, string>();
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  /** The row that had the focus last. */
  private current: { readonly key: string; index: number } | null = null;
  private keyAt: (index: number) => string = none.key;
  private extract: (range: Range) => number[] = (range) => withKept(range, []);
  private drawing = false;

  constructor(
    parent: HTMLElement,
    private readonly parts: WindowedListParts<Row, Part>,
  ) {
    this.root = parent.createDiv({ cls: cls("window"), attr: { role: "list" } });
    const { make } = parts.drawing;
    this.children = new KeyedChildren(
      this.root,
      (placed) => placed.key,
      (at) => {
        const { element, part } = make(at);
        element.setAttribute("role", "listitem");
        element.tabIndex = -1;
        return { element, part: { element, part } };
      },
      (part, placed) => this.update(part, placed),
    );
    this.virtualizer = new Virtualizer(this.options(false));
  }

  /** Shows these rows from now on; null: nothing is shown, and nothing is listened to. */
  show(rows: Rows<Row> | null): void {
    const focused = this.keyWith(this.root.ownerDocument.activeElement);
    if (rows === null || !sameKeys(this.rows, rows)) this.takeOrder(rows ?? none);
    this.rows = rows ?? none;
    this.leaveOtherWindow();
    this.virtualizer.setOptions(this.options(rows !== null));
    this.virtualizer._willUpdate();
    this.draw();
    if (focused !== null && rows !== null && this.indexOfCurrent() === -1) this.focusRow(Math.min(this.current?.index ?? 0, rows.size - 1));
  }

  /** Remembers the row that got the focus, so that it stays in the document. */
  focused(target: Element | null): void {
    const key = this.keyWith(target);
    if (key === null || key === this.current?.key) return;
    this.current = { key, index: this.indexOf(key, 0) };
    this.draw();
  }

  /** Moves the focus where the key asks for another row. False where it does not. */
  press(target: Element | null, key: string): boolean {
    const from = this.keyWith(target);
    if (from === null) return false;
    const seen = this.virtualizer.range === null ? 1 : this.virtualizer.range.endIndex - this.virtualizer.range.startIndex;
    const to = rowAfter(this.indexOf(from, this.current?.index ?? 0), key, this.rows.size, Math.max(1, seen));
    if (to === null) return false;
    this.focusRow(to);
    return true;
  }

  private focusRow(index: number): void {
    if (index < 0) return;
    this.current = { key: this.rows.key(index), index };
    this.virtualizer.scrollToIndex(index, { align: "auto" });
    // Whatever was in the window before: the row has to be in the document to be focused.
    this.takeOrder(this.rows);
    this.virtualizer.setOptions(this.options(true));
    this.draw();
    this.children.elementOf(this.current.key)?.focus({ preventScroll: true });
  }

  private draw(): void {
    // Measuring a row may move others, which asks for another drawing.
    if (this.drawing || this.isUnseen()) return;
    this.drawing = true;
    try {
      for (let round = 0, before = -1; round < 3 && before !== this.virtualizer.getTotalSize(); round++) {
        before = this.virtualizer.getTotalSize();
        this.place(before);
      }
    } finally {
      this.drawing = false;
    }
  }

  private place(height: number): void {
    const top = this.virtualizer.options.scrollMargin;
    const placed = this.virtualizer.getVirtualItems().map(({ index, start }) => ({ key: this.rows.key(index), index, start: start - top, row: this.rows.row(index) }));
    this.root.setCssProps({ "--canvas-engram-window-height": `${height}px` });
    this.children.show(placed);
    this.keepTabStops(placed);
    for (const { key } of placed) this.virtualizer.measureElement(this.children.elementOf(key));
    this.virtualizer.measureElement(null);
  }

  private update({ element, part }: PlacedPart<Part>, { key, index, start, row }: Placed<Row>): void {
    this.keys.set(element, key);
    setAttribute(element, "data-index", String(index));
    setAttribute(element, "aria-posinset", String(index + 1));
    setAttribute(element, "aria-setsize", String(this.rows.size));
    const place = `${start}px`;
    if (element.style.getPropertyValue("--canvas-engram-row-start") !== place) element.setCssProps({ "--canvas-engram-row-start": place });
    this.parts.drawing.update(part, row);
  }

  private keepTabStops(placed: readonly Placed<Row>[]): void {
    const isLong = this.rows.size > LONG;
    const stop = placed.find(({ key }) => key === this.current?.key)?.key ?? placed[0]?.key;
    for (const { key } of placed) {
      const element = this.children.elementOf(key);
      if (element === null) continue;
      const isStop = key === stop;
      setAttribute(element, "tabindex", isLong && isStop ? "0" : "-1");
      for (const button of element.querySelectorAll("button")) setAttribute(button, "tabindex", isLong && !isStop ? "-1" : "0");
    }
  }

  private options(enabled: boolean): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { covered, estimate, scroller } = this.parts;
    return {
      enabled,
      count: this.rows.size,
      getScrollElement: () => scroller,
      estimateSize: () => estimate,
      getItemKey: this.keyAt,
      rangeExtractor: this.extract,
      overscan: OVERSCAN,
      scrollMargin: enabled ? this.offset() : 0,
      scrollPaddingStart: enabled ? covered() : 0,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      // A row that is not shown has no height: what it had is what it will have.
      measureElement: (element, entry, virtualizer) => measureElement(element, entry, virtualizer) || (virtualizer.itemSizeCache.get(this.keys.get(element) ?? "") ?? estimate),
      onChange: () => this.draw(),
    };
  }

  /** The list is in a leaf that nobody sees: it would lose all its rows, and with them what is selected. */
  private isUnseen(): boolean {
    const { scrollRect } = this.virtualizer;
    return this.rows.size > 0 && scrollRect !== null && scrollRect.height === 0;
  }

  private offset(): number {
    const { scroller } = this.parts;
    return this.root.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  }

  /** The virtualizer keeps what it made of keys and ranges until it gets other functions. */
  private takeOrder(rows: Rows<Row>): void {
    this.keyAt = (index) => rows.key(index);
    this.extract = (range) => withKept(range, this.keptRows());
    this.forgetGone(rows);
  }

  private forgetGone(rows: Rows<Row>): void {
    const { itemSizeCache } = this.virtualizer;
    if (itemSizeCache.size <= rows.size + LONG) return;
    const there = new Set(Array.from({ length: rows.size }, (_, index) => rows.key(index)));
    for (const key of itemSizeCache.keys()) if (!there.has(String(key))) itemSizeCache.delete(key);
  }

  private keptRows(): readonly number[] {
    const selection = this.root.ownerDocument.defaultView?.getSelection() ?? null;
    const ends = selection === null || selection.isCollapsed ? [] : [selection.anchorNode, selection.focusNode];
    const selected = ends.map((node) => this.keyWith(node)).flatMap((key) => (key === null ? [] : [this.indexOf(key, 0)]));
    return [this.indexOfCurrent(), ...selected].filter((index) => index !== -1);
  }

  private indexOfCurrent(): number {
    const { current } = this;
    if (current === null) return -1;
    const index = this.indexOf(current.key, current.index);
    if (index !== -1) current.index = index;
    return index;
  }

  private indexOf(key: string, guess: number): number {
    if (guess < this.rows.size && this.rows.key(guess) === key) return guess;
    for (let index = 0; index < this.rows.size; index++) if (this.rows.key(index) === key) return index;
    return -1;
  }

  private keyWith(node: Node | null): string | null {
    const child = childWith(this.root, node);
    return child === null ? null : (this.keys.get(child) ?? null);
  }

  /** A leaf that moved to another window leaves its observers behind in the one it came from. */
  private leaveOtherWindow(): void {
    const { targetWindow } = this.virtualizer;
    if (targetWindow !== null && targetWindow !== this.root.ownerDocument.defaultView) this.virtualizer._didMount()();
  }
}

function sameKeys(a: Rows<unknown>, b: Rows<unknown>): boolean {
  if (a.size !== b.size) return false;
  for (let index = 0; index < a.size; index++) if (a.key(index) !== b.key(index)) return false;
  return true;
}

function withKept(range: Range, kept: readonly number[]): number[] {
  const seen = defaultRangeExtractor({ ...range, endIndex: Math.min(range.endIndex, range.startIndex + MOST) });
  const more = kept.filter((index) => index < range.count && !seen.includes(index));
  return more.length === 0 ? seen : [...new Set([...seen, ...more])].sort((a, b) => a - b);
}
