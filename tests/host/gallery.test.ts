import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparePictures } from "./gallery/comparePictures";
import { beginSet, comparisonFor, differenceFromKept, keep, keptNames, takesAnew } from "./gallery/keptPictures";
import type { Comparison, Seen } from "./gallery/keptPictures";
import { compareLayouts, readLayout } from "./gallery/layout";
import { openGallery } from "./gallery/openGallery";
import type { GalleryPage } from "./gallery/openGallery";
import { smallPng } from "./gallery/smallPng";
import { stateNames } from "./gallery/states";
import { textSample } from "./gallery/textSample";
import { accessibilityFaults } from "./node/axe";
import { browserAvailable, closeBrowser } from "./node/browser";
import type { ThemeName } from "./protocol";

const PANEL = ".canvas-engram-panel";
const themes: readonly ThemeName[] = ["light", "dark"];
const pictures = stateNames.flatMap((state) => themes.map((theme) => ({ name: `${state}-${theme}`, state, theme })));

async function look(gallery: GalleryPage): Promise<Seen> {
  return { picture: await gallery.picture(), layout: await readLayout(gallery.page, PANEL) };
}

describe.skipIf(!browserAvailable())("the panel's states", { timeout: 120_000 }, () => {
  let gallery: GalleryPage;
  let comparison: Comparison = "pixels";

  beforeAll(async () => {
    gallery = await openGallery();
    const { picture, surroundings } = await textSample(gallery.page);
    if (takesAnew) beginSet(surroundings, picture);
    comparison = comparisonFor(surroundings, picture);
    if (comparison !== "pixels") console.warn(`\n!!! another Chromium or other fonts than those of the kept pictures: ${comparison} are compared instead of pixels !!!\n`);
  });

  afterAll(async () => {
    await gallery.close();
    await closeBrowser();
  });

  test.each(pictures)("$name looks as it did and has no fault that axe finds", async ({ name, state, theme }) => {
    await gallery.setTheme(theme);
    await gallery.show(state);
    const seen = await look(gallery);
    save(name, seen.picture);
    if (takesAnew) keep(name, seen);
    expect(differenceFromKept(name, seen, comparison)).toBeNull();
    expect(await accessibilityFaults(gallery.page, PANEL)).toEqual([]);
    expect(gallery.errors).toEqual([]);
  });

  test("every kept picture is one of a state", () => {
    expect([...keptNames()].sort()).toEqual(pictures.map(({ name }) => name).sort());
  });

  test("everything fits into 250 pixels", async () => {
    await gallery.setTheme("light");
    for (const state of stateNames) {
      await gallery.show(state, 250);
      expect(await overflowing(gallery), state).toEqual([]);
    }
  });

  const changes = [
    ["another colour of a dot", `${PANEL} [data-tone="warn"] { --canvas-engram-tone: var(--color-yellow) !important; }`],
    ["a slightly paler text", `.canvas-engram-figure dt { color: var(--color-base-60) !important; }`],
    ["a padding that is one pixel wider", `.canvas-engram-reason { padding-top: 9px !important; }`],
    ["a gap that is three pixels wider", `${PANEL} { gap: 19px !important; }`],
    ["a button that is hidden", `.canvas-engram-reason button { display: none !important; }`],
  ] as const;

  test.each(changes)("%s does not pass for the same picture", async (_, content) => {
    await gallery.setTheme("light");
    await gallery.show("paused");
    const before = await look(gallery);
    const style = await gallery.page.addStyleTag({ content });
    const after = await look(gallery);
    await style.evaluate((element) => (element as Element).remove());
    expect(comparePictures(before.picture, after.picture)).not.toBeNull();
    expect(comparePictures(before.picture, (await look(gallery)).picture)).toBeNull();
  });

  test.each([
    ["a button that is hidden", `.canvas-engram-reason button { display: none !important; }`, "other fonts"],
    ["a gap that is three pixels wider", `${PANEL} { gap: 19px !important; }`, "same fonts"],
  ] as const)("%s does not pass for the same layout", async (_, content, fonts) => {
    await gallery.setTheme("light");
    await gallery.show("paused");
    const before = await readLayout(gallery.page, PANEL);
    const style = await gallery.page.addStyleTag({ content });
    const after = await readLayout(gallery.page, PANEL);
    await style.evaluate((element) => (element as Element).remove());
    expect(compareLayouts(before, after, fonts)).not.toBeNull();
    expect(compareLayouts(before, await readLayout(gallery.page, PANEL), "same fonts")).toBeNull();
  });

  test("a picture is kept in few bytes and stays the same for the eye", async () => {
    await gallery.setTheme("dark");
    await gallery.show("paused");
    const picture = await gallery.picture();
    const small = smallPng(picture);
    expect(comparePictures(picture, small)).toBeNull();
    expect(small.length).toBeLessThan(picture.length / 2);
    await gallery.show("working");
    const colourful = await gallery.picture();
    const kept = smallPng(colourful);
    expect(comparePictures(colourful, kept)).toBeNull();
    expect(kept.length).toBeLessThanOrEqual(colourful.length);
  });
});

/** Elements that stick out at the side, or whose text is cut off there. */
function overflowing(gallery: GalleryPage): Promise<readonly string[]> {
  return gallery.page.evaluate((selector) => {
    const right = (document.querySelector(selector)?.getBoundingClientRect().right ?? 0) + 0.5;
    const out = (element: Element): boolean => element.getBoundingClientRect().right > right || element.scrollWidth > element.clientWidth + 1;
    const isBox = (element: Element): boolean => getComputedStyle(element).display !== "inline" && element.closest("svg") === null;
    // What is wider than its frame on purpose can be scrolled there, and what is only heard is one pixel wide.
    const isScrolled = (element: Element): boolean => element.closest(".canvas-engram-table-scroll, .canvas-engram-heard") !== null;
    return [...document.querySelectorAll(`${selector} *`)].filter((element) => element.checkVisibility() && isBox(element) && !isScrolled(element) && out(element)).map((element) => element.outerHTML.slice(0, 120));
  }, PANEL);
}

function save(name: string, picture: Buffer): void {
  mkdirSync("screenshots", { recursive: true });
  writeFileSync(`screenshots/state-${name}.png`, picture);
}
