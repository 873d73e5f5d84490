import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Frame, Page } from "playwright-core";
import type { ObsidianHost } from "./launch";
import { accessibilityFaults } from "./node/axe";
import { browserAvailable, closeBrowser } from "./node/browser";
import { panelToPopout, panelToTab, setContrast, setDirection, setSideWidth } from "./node/looks";
import { button, canvasText, chipToBe, closeHosts, panel, soon, startPlugin } from "./pluginHost";

const PANEL = ".canvas-engram-panel";
const vault = { "Maths.canvas": canvasText({ id: "limits", text: "Limits" }), "Torn.canvas": '{"nodes":[' };

describe.skipIf(!browserAvailable())("the panel in every place and for every eye", { timeout: 180_000 }, () => {
  let host: ObsidianHost;

  beforeAll(async () => {
    host = await startPlugin(vault);
  });

  afterAll(async () => {
    await closeHosts();
    await closeBrowser();
  });

  test("at 250 pixels nothing is cut off", async () => {
    await chipToBe(host, "Not started");
    await setSideWidth(host, 250);
    expect(await cutOff(host.page)).toEqual([]);
    await host.screenshot("panel-250-light");
    await setSideWidth(host, null);
  });

  test("from right to left it is its own mirror image", async () => {
    const before = await startEdges(host.page);
    await setDirection(host, "rtl");
    const after = await startEdges(host.page);
    expect(after).toEqual(before);
    expect(await accessibilityFaults(host.page, PANEL)).toEqual([]);
    await host.screenshot("panel-rtl-light");
    await setDirection(host, "ltr");
  });

  test("with forced colours the state can still be seen, and Tab still shows where it is", async () => {
    await setContrast(host, "forced colours");
    const chip = panel(host).locator(".canvas-engram-chip");
    const [dot, behind] = await chip.evaluate((element) => [getComputedStyle(element, "::before").backgroundColor, getComputedStyle(document.body).backgroundColor]);
    expect(dot).not.toBe(behind);
    const underlines = await panel(host).getByRole("tab").evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).borderBottomColor));
    expect(new Set(underlines).size).toBe(2);
    await chip.focus();
    await host.page.keyboard.press("Shift+Tab");
    await host.page.keyboard.press("Tab");
    expect(await chip.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
    await host.screenshot("panel-forced-colours");
    await setContrast(host, "none");
  });

  test.each(["light", "dark"] as const)("with more contrast every text has at least seven to one, in %s", async (theme) => {
    await setContrast(host, "more");
    await host.setTheme(theme);
    expect(await accessibilityFaults(host.page, ".canvas-engram-steps, .canvas-engram-box-lines", [], ["color-contrast-enhanced"])).toEqual([]);
    await host.screenshot(`panel-more-contrast-${theme}`);
    await host.setTheme("light");
    await setContrast(host, "none");
  });

  test("in a window of its own it looks and works the same", async () => {
    const popout = await panelToPopout(host);
    expect(await accessibilityFaults(popout, PANEL)).toEqual([]);
    expect(await cutOff(popout)).toEqual([]);
    await host.screenshot("panel-popout");
    await popout.locator(PANEL).getByRole("button", { name: "Start", exact: true }).click();
    await soon(() => popout.locator(".canvas-engram-chip").textContent()).toMatch(/1 file to look at/);
  });

  test("as a tab in the middle nothing is cut off and it has no fault", async () => {
    await panelToTab(host);
    await chipToBe(host, /1 file to look at/);
    expect(await cutOff(host.page)).toEqual([]);
    expect(await accessibilityFaults(host.page, PANEL)).toEqual([]);
    await host.screenshot("panel-tab");
    expect((await host.errors()).filter((error) => !error.includes("SyntaxError"))).toEqual([]);
  });

  test("on a phone nothing is cut off and every button is large enough for a finger", async () => {
    const phone = await startPlugin(vault, { platform: "mobile" });
    await chipToBe(phone, "Not started");
    expect(await cutOff(phone.page)).toEqual([]);
    expect(await accessibilityFaults(phone.page, PANEL)).toEqual([]);
    const heights = await panel(phone).getByRole("button").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
    await phone.screenshot("panel-phone");
    await button(phone, "Start").click();
    await chipToBe(phone, /1 file to look at/);
    expect((await phone.errors()).filter((error) => !error.includes("SyntaxError"))).toEqual([]);
  });
});

/** Elements of the panel that stick out at a side. */
function cutOff(page: Page | Frame): Promise<readonly string[]> {
  return page.evaluate((selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    if (box === undefined) throw new Error("there is no panel");
    const isOut = (element: Element): boolean => {
      const { left, right } = element.getBoundingClientRect();
      return left < box.left - 0.5 || right > box.right + 0.5;
    };
    const all = [...document.querySelectorAll(`${selector} *`)].filter((element) => element.checkVisibility() && element.closest("svg") === null);
    return all.filter(isOut).map((element) => element.outerHTML.slice(0, 120));
  }, PANEL);
}

/** How far each block of the panel stands from the side where lines begin. */
function startEdges(page: Page): Promise<readonly number[]> {
  return page.evaluate((selector) => {
    const root = document.querySelector(selector);
    if (root === null) throw new Error("there is no panel");
    const isRight = getComputedStyle(root).direction === "rtl";
    const box = root.getBoundingClientRect();
    const blocks = [...root.querySelectorAll("div, section, dl, ol, li, p, h4, button")].filter((element) => element.checkVisibility());
    return blocks.map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return Math.round(isRight ? box.right - right : left - box.left);
    });
  }, PANEL);
}
