import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, chipToBe, closeHosts, openTab, panel, soon, startCapturing, startPlugin } from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Courses/Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
};
/** Nobody listens there. */
const NOWHERE = "bolt://localhost:47688";

const reason = (host: ObsidianHost): ReturnType<typeof panel> => panel(host).locator(".canvas-engram-reason");
const tab = (host: ObsidianHost, name: string): ReturnType<typeof panel> => panel(host).getByRole("tab", { name });
const selected = (host: ObsidianHost): Promise<string | null> => panel(host).locator('[role="tab"][aria-selected="true"]').textContent();
const focused = (host: ObsidianHost): Promise<string> => panel(host).evaluate((element) => element.ownerDocument.activeElement?.textContent ?? "");

async function sendNowhere(host: ObsidianHost): Promise<void> {
  await host.openSettings();
  await host.setText("Address", NOWHERE);
  await host.setSecret("Password", "nowhere", "x");
  await host.setToggle("Send to Neo4j", true);
  await host.closeSettings();
}

describe.skipIf(!browserAvailable())("the panel's state line and tabs", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("says why the chip says what it says, and leads to what helps, by mouse and by keys", async () => {
    const host = await startCapturing(vault);
    const chip = button(host, "All saved here");
    expect([await chip.getAttribute("aria-expanded"), await reason(host).isVisible()]).toEqual(["false", false]);
    await chip.click();
    expect(await chip.getAttribute("aria-expanded")).toBe("true");
    expect(await reason(host).getAttribute("id")).toBe(await chip.getAttribute("aria-controls"));
    expect(await reason(host).textContent()).toContain("Everything you change is kept in this vault.");
    await host.screenshot("panel-reason-light");
    await chip.click();
    expect(await reason(host).isVisible()).toBe(false);

    host.writeFile("Maths.canvas", "{");
    await chipToBe(host, "Saved, 1 file to look at");
    await button(host, "Saved, 1 file to look at").focus();
    await host.page.keyboard.press("Enter");
    await host.page.keyboard.press("Tab");
    expect(await focused(host)).toBe("See the files");
    await host.setTheme("dark");
    await host.screenshot("panel-reason-dark");
    await host.page.keyboard.press("Enter");
    expect(await selected(host)).toBe("Failed1");
    expect(await panel(host).locator(".canvas-engram-problems").isVisible()).toBe(true);
    await button(host, "See the files").focus();
    await host.page.keyboard.press("Escape");
    expect([await reason(host).isVisible(), await focused(host)]).toEqual([false, "Saved, 1 file to look at"]);
    expect(await host.errors()).toEqual([]);
  });

  test("opens the settings while Neo4j is off, and tests the connection while it does not answer", async () => {
    const host = await startCapturing(vault);
    await button(host, "All saved here").click();
    await button(host, "Connect…").click();
    await host.setting("Address").waitFor();
    await host.closeSettings();
    await sendNowhere(host);
    await soon(() => reason(host).textContent()).toContain("are kept in this vault and sent as soon as Neo4j is back");
    await host.screenshot("panel-away-light");
    await button(host, "Test connection").click();
    await soon(async () => (await host.notices()).some((text) => text.includes("47688"))).toBe(true);
  });

  test("starts again after what kept it from starting is gone", async () => {
    const host = await startCapturing(vault);
    await host.disablePlugin();
    const broken = host.faults.add({ op: "list", path: /devices\/[^/]+\/journal$/, effect: { kind: "error", code: "EIO" } });
    await host.enablePlugin();
    await chipToBe(host, "Not running");
    await button(host, "Not running").click();
    expect(await reason(host).textContent()).toContain("Your canvases are untouched");
    await host.screenshot("panel-not-running-light");
    broken();
    await button(host, "Try again").click();
    await chipToBe(host, "All saved here");
  });

  test("is asked for a yes from the state line, too", async () => {
    const host = await startPlugin(vault);
    await chipToBe(host, "Not started");
    await button(host, "Not started").click();
    await reason(host).getByRole("button", { name: "Start" }).click();
    await chipToBe(host, "All saved here");
    expect(await host.errors()).toEqual([]);
  });

  test("goes from tab to tab with the arrow keys, Home and End, and opens the one that is clicked", async () => {
    const host = await startCapturing(vault);
    expect(await selected(host)).toBe("Now");
    await tab(host, "Now").focus();
    const after = async (key: string): Promise<readonly (string | null)[]> => {
      await host.page.keyboard.press(key);
      return [await selected(host), await focused(host)];
    };
    expect(await after("ArrowRight")).toEqual(["Batches", "Batches"]);
    expect(await after("End")).toEqual(["Learning", "Learning"]);
    expect(await after("ArrowRight")).toEqual(["Now", "Now"]);
    expect(await after("ArrowLeft")).toEqual(["Learning", "Learning"]);
    expect(await after("Home")).toEqual(["Now", "Now"]);
    const stops = await panel(host).locator('[role="tab"][tabindex="0"]').count();
    expect(stops).toBe(1);
    await openTab(host, "Failed");
    const shown = panel(host).locator('[role="tabpanel"]:not([hidden])');
    expect(await shown.count()).toBe(1);
    expect(await shown.getAttribute("id")).toBe(await tab(host, "Failed").getAttribute("aria-controls"));
    expect(await shown.getAttribute("aria-labelledby")).toBe(await tab(host, "Failed").getAttribute("id"));
    expect(await shown.textContent()).toContain("Nothing failed");
    expect(await host.errors()).toEqual([]);
  });

  test("has the tab that was open after a restart", async () => {
    const host = await startCapturing(vault);
    await openTab(host, "Learning");
    await soon(() => JSON.stringify(host.readFile(".obsidian/workspace.json"))).toContain("learning");
    await host.reload();
    await chipToBe(host, "All saved here");
    expect(await selected(host)).toBe("Learning");
    expect(await host.errors()).toEqual([]);
  });
});
