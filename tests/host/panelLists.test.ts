import { afterAll, afterEach, describe, expect, test } from "vitest";
import { startPanel } from "./fixtures/panelHost";
import type { PanelHost } from "./fixtures/panelHost";
import type { LaunchOptions } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { panel, soon } from "./pluginHost";

const COUNT = 10_000;
const started: PanelHost[] = [];

async function start(options: Partial<LaunchOptions> = {}): Promise<PanelHost> {
  const shown = await startPanel(options);
  started.push(shown);
  return shown;
}

/** The same tasks, some of them further, as the next update brings them. */
function tick(shown: PanelHost, at: number): Promise<void> {
  return shown.with((plugin, [count, now]) => plugin.showTasks(plugin.madeTasks(count, now)), [COUNT, at] as const);
}

const rows = ({ host }: PanelHost): ReturnType<typeof panel> => panel(host).locator(".canvas-engram-task");
const row = ({ host }: PanelHost, index: number): ReturnType<typeof panel> => panel(host).locator(`.canvas-engram-task[aria-posinset="${index + 1}"]`);
const titleOf = (shown: PanelHost, index: number): Promise<string | null> => row(shown, index).locator(".canvas-engram-task-title").textContent();
const focusedRow = ({ host }: PanelHost): Promise<string | null> => panel(host).evaluate(({ ownerDocument: { activeElement } }) => activeElement?.closest(".canvas-engram-task")?.getAttribute("aria-posinset") ?? null);
const scrollTo = ({ host }: PanelHost, top: number): Promise<void> => panel(host).evaluate((element, to) => element.scrollTo(0, to), top);

/** Whether the row stands below the state line and above the end of the panel. */
function isInSight(shown: PanelHost, index: number): Promise<boolean> {
  return row(shown, index).evaluate((element) => {
    const root = element.closest(".canvas-engram-panel");
    const top = root?.querySelector(".canvas-engram-top")?.getBoundingClientRect().bottom ?? 0;
    const bottom = root?.getBoundingClientRect().bottom ?? 0;
    const box = element.getBoundingClientRect();
    return box.top >= top - 1 && box.bottom <= bottom + 1;
  });
}

/** How far the rows that are there overlap or leave gaps, in pixels. */
function misplaced({ host }: PanelHost): Promise<number> {
  return panel(host).evaluate((root) => {
    const boxes = [...root.querySelectorAll<HTMLElement>(".canvas-engram-task")].map((one) => ({ at: Number(one.ariaPosInSet), box: one.getBoundingClientRect() }));
    const gaps = boxes.flatMap(({ at, box }) => boxes.filter((next) => next.at === at + 1).map((next) => Math.abs(next.box.top - box.bottom)));
    return Math.max(0, ...gaps);
  });
}

describe.skipIf(!browserAvailable())("a list of 10,000 tasks in the panel", { timeout: 180_000 }, () => {
  afterEach(async () => {
    for (const shown of started.splice(0)) await shown.close();
  });
  afterAll(closeBrowser);

  test("has only the rows in sight in the document, says where each stands, and scrolls to any", async () => {
    const shown = await start();
    await tick(shown, 0);
    await soon(() => titleOf(shown, 0)).toBe("Task 0");
    expect(await rows(shown).count()).toBeLessThan(40);
    expect(await row(shown, 0).getAttribute("aria-setsize")).toBe(String(COUNT));
    expect(await panel(shown.host).getByRole("list", { name: "Tasks" }).getByRole("listitem").count()).toBeLessThan(40);
    await soon(() => misplaced(shown)).toBeLessThan(1.5);
    await shown.host.screenshot("panel-huge-light");
    await scrollTo(shown, 500_000);
    await soon(() => rows(shown).first().getAttribute("aria-posinset").then(Number)).toBeGreaterThan(1_000);
    await soon(() => misplaced(shown)).toBeLessThan(1.5);
    await scrollTo(shown, 50_000_000);
    await soon(() => titleOf(shown, COUNT - 1)).toBe(`Task ${COUNT - 1}`);
    expect(await shown.host.errors()).toEqual([]);
  });

  test("is gone through with arrow keys, Home, End, PageUp and PageDown, and left with one Tab", async () => {
    const shown = await start();
    await tick(shown, 0);
    const { keyboard } = shown.host.page;
    await panel(shown.host).getByRole("tab", { name: "Now" }).focus();
    await keyboard.press("Tab");
    expect(await focusedRow(shown)).toBe("1");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    expect([await focusedRow(shown), await isInSight(shown, 2)]).toEqual(["3", true]);
    await keyboard.press("End");
    await soon(() => focusedRow(shown)).toBe(String(COUNT));
    await soon(() => isInSight(shown, COUNT - 1)).toBe(true);
    await keyboard.press("PageUp");
    await soon(async () => Number(await focusedRow(shown))).toBeLessThan(COUNT - 2);
    const at = Number(await focusedRow(shown));
    await soon(() => isInSight(shown, at - 1)).toBe(true);
    await keyboard.press("ArrowUp");
    expect(await focusedRow(shown)).toBe(String(at - 1));
    await soon(() => isInSight(shown, at - 2)).toBe(true);
    await keyboard.press("Home");
    await soon(() => focusedRow(shown)).toBe("1");
    await soon(() => isInSight(shown, 0)).toBe(true);
    const buttons = await row(shown, 0).getByRole("button").count();
    for (let press = 0; press <= buttons; press += 1) await keyboard.press("Tab");
    expect(await focusedRow(shown)).toBeNull();
    expect(await shown.host.errors()).toEqual([]);
  });

  test("keeps the focus on a row and what is selected while it updates and scrolls", async () => {
    const shown = await start();
    await tick(shown, 0);
    await row(shown, 1).getByRole("button", { name: /^Cancel/ }).focus();
    await tick(shown, 1);
    await soon(() => row(shown, 1).textContent()).toContain("2 of 1,000");
    expect(await panel(shown.host).evaluate(({ ownerDocument: { activeElement } }) => activeElement?.getAttribute("aria-label"))).toBe("Cancel: Task 1");
    await panel(shown.host).evaluate((root) => {
      const title = root.querySelector('[aria-posinset="3"] .canvas-engram-task-title');
      if (title !== null) root.ownerDocument.getSelection()?.selectAllChildren(title);
    });
    await scrollTo(shown, 300_000);
    await soon(() => rows(shown).nth(5).getAttribute("aria-posinset").then(Number)).toBeGreaterThan(1_000);
    await tick(shown, 2);
    expect(await focusedRow(shown)).toBe("2");
    expect(await panel(shown.host).evaluate((root) => root.ownerDocument.getSelection()?.toString())).toBe("Task 2");
    await shown.host.page.keyboard.press("Enter");
    await soon(() => shown.with((plugin) => plugin.asked, null)).toEqual([{ kind: "cancel-task", id: "task 1" }]);
    expect(await shown.host.errors()).toEqual([]);
  });

  test("keeps its rows in place when errors make them higher, and when the panel is made narrow", async () => {
    const shown = await start();
    await tick(shown, 0);
    await panel(shown.host).evaluate((element) => element.setCssStyles({ width: "250px" }));
    await soon(() => misplaced(shown)).toBeLessThan(1.5);
    expect(await panel(shown.host).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await shown.host.screenshot("panel-narrow-tasks-light", panel(shown.host));
    await shown.with((plugin, count) => plugin.showTasks(plugin.madeTasks(count, 0).map((task) => ({ ...task, lastError: "A line that is long enough to be broken in a panel of this width." }))), COUNT);
    await soon(() => row(shown, 0).textContent()).toContain("long enough");
    await soon(() => misplaced(shown)).toBeLessThan(1.5);
    expect(await shown.host.errors()).toEqual([]);
  });

  test("draws nothing while it is hidden, also not when 10,000 tasks change, and the newest when it is seen", async () => {
    const shown = await start();
    await tick(shown, 0);
    await soon(() => titleOf(shown, 0)).toBe("Task 0");
    await shown.host.page.evaluate(() => window.__host.app.workspace.rightSplit.collapse());
    const before = await row(shown, 0).textContent();
    await tick(shown, 5);
    await shown.host.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await row(shown, 0).textContent()).toBe(before);
    await shown.host.page.evaluate(() => window.__host.app.workspace.rightSplit.expand());
    await soon(() => row(shown, 0).textContent()).toContain("5 of 1,000");
    await soon(() => misplaced(shown)).toBeLessThan(1.5);
    expect(await shown.host.errors()).toEqual([]);
  });
});
