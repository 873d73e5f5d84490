import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { accessibilityFaults } from "./node/axe";
import { browserAvailable, closeBrowser } from "./node/browser";
import { tabStops, walkByTab } from "./node/focus";
import { button, canvasText, chipToBe, closeHosts, startPlugin } from "./pluginHost";

const PANEL = ".canvas-engram-panel";
const DIALOG = ".modal-container :is(.modal, .prompt)";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
  "Torn.canvas": '{"nodes":[',
};

/** Faults in both themes. What the app itself draws is not ours: `rulesOff` names rules on that. */
async function faults(host: ObsidianHost, selector: string, rulesOff: readonly string[] = []): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ["dark", "light"] as const) {
    await host.setTheme(theme);
    found.push(...(await accessibilityFaults(host.page, selector, rulesOff)).map((fault) => `${theme}: ${fault}`));
  }
  return found;
}

describe.skipIf(!browserAvailable())("for people who do not see, or do not use a mouse", { timeout: 180_000 }, () => {
  let host: ObsidianHost;

  beforeAll(async () => {
    host = await startPlugin(vault);
  });

  afterEach(async () => {
    await host.closeSettings();
    while ((await host.page.locator(".modal-container").count()) > 0) await host.page.keyboard.press("Escape");
  });

  afterAll(async () => {
    await closeHosts();
    await closeBrowser();
  });

  test("the first run has no fault, and Tab walks through it from the top", async () => {
    await chipToBe(host, "Not started");
    expect(await faults(host, PANEL)).toEqual([]);
    await walksInOrder(host);
    await button(host, "Start").press("Enter");
    await chipToBe(host, /1 file to look at/);
  });

  test("a vault with a file to look at has no fault, and Tab walks through it from the top", async () => {
    expect(await faults(host, PANEL)).toEqual([]);
    await walksInOrder(host);
  });

  test("the settings have no fault of ours", async () => {
    await host.openSettings();
    // The app draws the rows of declared settings and their fields.
    expect(await faults(host, ".vertical-tab-content", ["label", "select-name"])).toEqual([]);
  });

  test.each(["record-learning-event", "import-journal", "remove-device-data", "index-folder", "export", "set-mastery", "explain-cards-as", "new-schedule"])("the dialog of %s has no fault", async (command) => {
    const canvas = await host.openCanvas("Maths.canvas");
    await canvas.select("limits");
    expect(await host.command(command)).toBe(true);
    await host.page.locator(DIALOG).waitFor();
    expect(await faults(host, DIALOG)).toEqual([]);
  });

  test("the menus of a card and of a canvas have no fault of ours", async () => {
    // The app says what each item is.
    const canvas = await host.openCanvas("Maths.canvas");
    await canvas.rightClick("limits");
    await host.menuItem("Set mastery").waitFor();
    expect(await faults(host, ".menu", ["aria-required-children"])).toEqual([]);
    await host.page.keyboard.press("Escape");
    await host.fileMenu("Physics.canvas");
    await host.menuItem("Index this canvas").waitFor();
    expect(await faults(host, ".menu", ["aria-required-children"])).toEqual([]);
    await host.page.keyboard.press("Escape");
  });

  test("nothing went wrong", async () => {
    expect((await host.errors()).filter((error) => !error.includes("SyntaxError"))).toEqual([]);
  });
});

/** Every button and field is reached, in the order of the page, and the place of the keyboard is seen. */
async function walksInOrder(host: ObsidianHost): Promise<void> {
  const wanted = await tabStops(host.page, PANEL);
  const stops = await walkByTab(host.page, PANEL);
  expect(stops.map(({ name }) => name)).toEqual(wanted);
  expect(wanted.length).toBeGreaterThan(1);
  expect(stops.filter(({ isSeen }) => !isSeen).map(({ name }) => name)).toEqual([]);
}
