import type { Page } from "playwright-core";

/** An element that is seen: what it is, where it stands in whole pixels, and its own text. */
export interface LaidOut {
  readonly what: string;
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly text: string;
}

/** Pixels that a box may be off where the fonts are the same and only the browser is another. */
const PIXELS = 2;

/** Every visible element below `selector`, in the order of the page. Shapes inside a drawing are left out. */
export function readLayout(page: Page, selector: string): Promise<readonly LaidOut[]> {
  return page.evaluate((value) => {
    const own = (element: Element): string =>
      [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? "").join("").trim();
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true }) && element.closest("svg svg, svg *:not(svg)") === null;
    return [...document.querySelectorAll(`${value}, ${value} *`)].filter(isShown).map((element) => {
      const { height, width, x, y } = element.getBoundingClientRect();
      const names = [...element.classList].map((name) => `.${name}`).join("");
      return { what: `${element.tagName.toLowerCase()}${names}`, box: [x, y, width, height].map(Math.round) as unknown as LaidOut["box"], text: own(element) };
    });
  }, selector);
}

/**
 * What differs between two layouts in one line, or null. With other fonts lines break elsewhere, so only which elements
 * there are, in which order and with which text can be compared.
 */
export function compareLayouts(kept: readonly LaidOut[], now: readonly LaidOut[], fonts: "same fonts" | "other fonts"): string | null {
  const names = (layout: readonly LaidOut[]): readonly string[] => layout.map(({ what, text }) => (text === "" ? what : `${what} "${text}"`));
  const [before, after] = [names(kept), names(now)];
  const gone = before.find((name) => !after.includes(name));
  if (gone !== undefined) return `${gone} is not there any more`;
  const added = after.find((name) => !before.includes(name));
  if (added !== undefined) return `${added} is new`;
  if (before.length !== after.length) return `${before.length} elements before, ${after.length} now`;
  const other = before.findIndex((name, index) => name !== after[index]);
  if (other >= 0) return `${after[other] ?? ""} stands where ${before[other] ?? ""} was`;
  return fonts === "same fonts" ? movedBox(kept, now) : null;
}

function movedBox(kept: readonly LaidOut[], now: readonly LaidOut[]): string | null {
  for (const [index, { what, box }] of kept.entries()) {
    const other = now[index]?.box ?? box;
    if (box.some((value, side) => Math.abs(value - (other[side] ?? value)) > PIXELS)) return `${what} was at ${box.join(", ")} and is at ${other.join(", ")}`;
  }
  return null;
}
