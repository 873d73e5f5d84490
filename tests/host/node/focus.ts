import type { Page } from "playwright-core";

/** A place where the keyboard can stand. */
export interface FocusStop {
  readonly name: string;
  /** Whether an outline or a ring shows where the keyboard is. */
  readonly isSeen: boolean;
  readonly top: number;
}

/** Names of what Tab has to reach inside `selector`, in the order of the page. Of a group that arrows move in, only the current one. */
export function tabStops(page: Page, selector: string): Promise<readonly string[]> {
  return page.evaluate((value) => {
    const nameOf = (element: Element): string => element.getAttribute("aria-label") ?? (element.textContent?.trim() || element.tagName.toLowerCase());
    const all = [...document.querySelectorAll<HTMLElement>(`${value} :is(button, input, select, textarea, a[href], summary, [tabindex])`)];
    const isStop = (element: HTMLElement): boolean => element.tabIndex >= 0 && !(element as HTMLButtonElement).disabled && element.checkVisibility({ visibilityProperty: true });
    return all.filter(isStop).map(nameOf);
  }, selector);
}

/** Presses Tab from the top of `selector` until the keyboard leaves it; every place it stood on. */
export async function walkByTab(page: Page, selector: string): Promise<readonly FocusStop[]> {
  await page.evaluate((value) => {
    const root = document.querySelector<HTMLElement>(value);
    if (root === null) throw new Error(`nothing is ${value}`);
    const start = root.parentElement?.insertBefore(document.createElement("span"), root);
    if (start === undefined) throw new Error("the panel has no parent");
    start.tabIndex = -1;
    start.focus();
    start.remove();
  }, selector);
  const stops: FocusStop[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((value) => {
      const element = document.activeElement;
      if (element?.closest(value) === null || element === null) return null;
      const style = getComputedStyle(element);
      const hasRing = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
      const name = element.getAttribute("aria-label") ?? (element.textContent?.trim() || element.tagName.toLowerCase());
      return { name, isSeen: hasRing || style.boxShadow.includes("0px 0px 0px 2px"), top: element.getBoundingClientRect().top };
    }, selector);
    if (stop === null) return stops;
    stops.push(stop);
    if (stops.length > 500) throw new Error("Tab never leaves");
  }
}
