import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { plantRefusals, sendNowhere } from "./plantRefusals";
import { button, canvasText, closeHosts, journal, journaled, openTab, panel, soon, startCapturing } from "./pluginHost";

const vault = { "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series" }) };

type Locator = ReturnType<typeof panel>;

const refused = (host: ObsidianHost): Locator => panel(host).locator(".canvas-engram-dead");
const letters = (host: ObsidianHost): Locator => refused(host).locator(".canvas-engram-row:not(.canvas-engram-cause)");
const causes = (host: ObsidianHost): Locator => refused(host).locator(".canvas-engram-cause");
const ofScore = (host: ObsidianHost, name: string): Locator => refused(host).getByRole("button", { name: `${name}: Score: Maths.canvas` });

/** What went wrong in the page itself: that nobody answers is what these tests want. */
async function errors(host: ObsidianHost): Promise<readonly string[]> {
  return (await host.errors()).filter((error) => !error.includes("WebSocket connection"));
}

/** A vault with a score, whose two cards and score were refused for different reasons. */
async function withRefusals(): Promise<ObsidianHost> {
  const host = await startCapturing(vault);
  await sendNowhere(host);
  await host.page.evaluate(async () => {
    const { plugins } = (window.__host.app as unknown as { plugins: { plugins: Record<string, { api: { record(item: unknown): Promise<unknown> } }> } }).plugins;
    await plugins["canvas-engram"]?.api.record({ type: "score_submitted", canvas: "Maths.canvas", node: "limits", score: 40, remark: "a secret thought" });
  });
  await journaled(host, "score_submitted");
  await host.disablePlugin();
  await plantRefusals(host, ({ type }) => type === "node_created" || type === "score_submitted", ({ type }) => (type === "score_submitted" ? "unknown" : "data"));
  await host.enablePlugin();
  await openTab(host, "Failed");
  await soon(() => letters(host).count()).toBe(3);
  return host;
}

describe.skipIf(!browserAvailable())("what failed, in the panel", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("is nothing, then what Neo4j refused below its cause in plain words, and leads to the card", async () => {
    const calm = await startCapturing(vault);
    await openTab(calm, "Failed");
    await panel(calm).getByText("Nothing failed", { exact: true }).waitFor();
    await calm.screenshot("panel-nothing-failed-light");

    const host = await withRefusals();
    expect(await causes(host).locator("h5").allTextContents()).toEqual(["Neo4j does not take what they say (2)", "They failed for no clear reason (1)"]);
    expect(await panel(host).getByRole("tab", { name: "Failed" }).textContent()).toBe("Failed3");
    await host.screenshot("panel-failed-light");
    await host.setTheme("dark");
    await host.screenshot("panel-failed-dark");
    await refused(host).getByRole("button", { name: "Score: Maths.canvas", exact: true }).click();
    await soon(() => host.page.evaluate(() => window.__host.app.workspace.getActiveFile()?.path)).toBe("Maths.canvas");
    await soon(() => host.page.locator('.canvas-node.is-focused, .canvas-node.is-selected').count()).toBe(1);
    expect(await errors(host)).toEqual([]);
  });

  test("is edited in a dialog, which names the place of a mistake, by keys alone", async () => {
    const host = await withRefusals();
    await ofScore(host, "Edit…").focus();
    await host.page.keyboard.press("Enter");
    const dialog = host.page.locator(".modal");
    const field = dialog.getByRole("textbox");
    await dialog.getByText("Score: Maths.canvas, refused because: It is too large.").waitFor();
    await soon(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(JSON.parse(await field.inputValue())).toMatchObject({ score: 40 });
    await host.page.keyboard.press("ControlOrMeta+a");
    await host.page.keyboard.type('{\n"score" 90 }');
    const retry = dialog.getByRole("button", { name: "Retry with this" });
    await retry.focus();
    await host.page.keyboard.press("Enter");
    await dialog.getByText("Line 2, column 9: not valid JSON: a colon is missing").waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await field.evaluate((element) => [element === document.activeElement, (element as HTMLTextAreaElement).selectionStart])).toEqual([true, 10]);
    await host.screenshot("panel-edit-fault-light");
    await host.page.keyboard.press("Escape");
    await soon(() => dialog.count()).toBe(0);
    expect(await letters(host).count()).toBe(3);

    await ofScore(host, "Edit…").click();
    await field.fill('{ "score": 400 }');
    await retry.click();
    await soon(() => field.getAttribute("aria-invalid")).toBe("true");
    await field.fill('{ "score": 90 }');
    expect(await field.getAttribute("aria-invalid")).toBe("false");
    await retry.click();
    await soon(() => host.notices()).toContain("The edited event is on its way.");
    await soon(() => letters(host).count()).toBe(2);
    expect(journal(host).filter(({ type }) => type === "score_submitted").map(({ data }) => data["score"])).toEqual([40, 90]);
    expect(await errors(host)).toEqual([]);
  });

  test("is retried one by one, by its cause or all, and copied without what a person wrote", async () => {
    const host = await withRefusals();
    await host.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ofScore(host, "Copy details").click();
    await soon(() => host.notices()).toContain("Details copied, without what you wrote.");
    const copied = await host.page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toMatchObject({ type: "score_submitted", canvasPath: "Maths.canvas", subject: { kind: "node", id: "limits" }, reason: "It is too large.", class: "unknown", code: "Neo.Large", attempts: 3, firstAt: "1970-01-01T00:00:00.001Z" });
    expect(copied).not.toContain("secret thought");

    await ofScore(host, "Retry").click();
    await soon(() => letters(host).count()).toBe(2);
    await refused(host).getByRole("button", { name: "Retry these 2: Neo4j does not take what they say" }).click();
    await soon(() => host.notices()).toContain("2 events on the way again.");
    await panel(host).getByText("Nothing failed", { exact: true }).waitFor();
    expect(await errors(host)).toEqual([]);
  });

  test("is discarded one by one or all, each time only after a yes", async () => {
    const host = await withRefusals();
    const dialog = host.page.locator(".mod-confirmation");
    await ofScore(host, "Discard…").click();
    await dialog.getByText("1 event will not be sent to Neo4j any more").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await soon(() => dialog.count()).toBe(0);
    expect(await letters(host).count()).toBe(3);
    await ofScore(host, "Discard…").click();
    await dialog.getByRole("button", { name: "Discard", exact: true }).click();
    await soon(() => letters(host).count()).toBe(2);
    await button(host, "Discard all…").click();
    await dialog.getByRole("button", { name: "Discard", exact: true }).click();
    await soon(() => refused(host).isVisible()).toBe(false);
    expect(await errors(host)).toEqual([]);
  });

  test("has files with the place of a mistake, and opens them", async () => {
    const host = await startCapturing(vault);
    host.writeFile("Broken.canvas", '{\n"nodes": [,]\n}');
    await openTab(host, "Failed");
    const problems = panel(host).locator(".canvas-engram-problems");
    await problems.getByText("Line 2").waitFor();
    await problems.getByRole("button", { name: "Broken.canvas" }).click();
    await soon(() => host.page.evaluate(() => window.__host.app.workspace.getActiveFile()?.path)).toBe("Broken.canvas");
  });
});
