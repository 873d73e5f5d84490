import { afterAll, afterEach, describe, expect, test } from "vitest";
import { startPanel } from "./fixtures/panelHost";
import type { PanelHost } from "./fixtures/panelHost";
import type PanelPlugin from "./fixtures/panelPlugin";
import type { LaunchOptions } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { panel, soon } from "./pluginHost";

const started: PanelHost[] = [];

async function start(options: Partial<LaunchOptions> = {}): Promise<PanelHost> {
  const shown = await startPanel(options);
  started.push(shown);
  return shown;
}

type Shown = Parameters<PanelPlugin["show"]>;

const local = { state: "ok", message: null, sent: 0, pending: 0, dead: 0 } as const;
const away = { state: "unavailable", message: "Nobody answers at localhost:7687.", sent: 40, pending: 1_200, dead: 0 } as const;

/** How each state looks that a person may meet, and the tone of its chip. */
const states: readonly (readonly [string, string, Shown])[] = [
  ["first-run", "idle", [{ intake: { kind: "asking", size: { canvases: 12, notes: 340, bytes: 2_000_000 } } }, {}]],
  ["empty", "ok", [{}, { events: 12 }]],
  ["offline", "warn", [{ neo4j: { kind: "on" } }, { events: 1_240, stores: { local, neo4j: away } }]],
  ["degraded", "warn", [{}, { events: 12, stores: { local: { ...local, message: "The local graph is not saved: no room." } } }]],
  ["error", "error", [{ intake: { kind: "failed", message: "data.json is damaged." } }, null]],
  ["waiting", "warn", [{ intake: { kind: "waiting" } }, null]],
];

const width = (shown: PanelHost): Promise<number> => panel(shown.host).evaluate((element) => element.scrollWidth - element.clientWidth);
const tone = (shown: PanelHost): Promise<string | null> => panel(shown.host).locator(".canvas-engram-state").getAttribute("data-tone");

describe.skipIf(!browserAvailable())("states of the panel", { timeout: 180_000 }, () => {
  afterEach(async () => {
    for (const shown of started.splice(0)) await shown.close();
  });
  afterAll(closeBrowser);

  test.each(states)("%s is drawn at 250 pixels with nothing cut off, in light and dark, with its reason", async (name, expected, view) => {
    const shown = await start();
    await panel(shown.host).evaluate((element) => element.setCssStyles({ width: "250px" }));
    await shown.with((plugin, [overrides, status]) => plugin.show(overrides, status), view);
    await soon(() => tone(shown)).toBe(expected);
    await panel(shown.host).locator(".canvas-engram-chip").click();
    expect(await width(shown)).toBe(0);
    await shown.host.screenshot(`panel-${name}-light`, panel(shown.host));
    await shown.host.setTheme("dark");
    await shown.host.screenshot(`panel-${name}-dark`, panel(shown.host));
    expect(await shown.host.errors()).toEqual([]);
  });

  test("trouble turns the chip amber in the next frame, and is said once, whatever the figures do", async () => {
    const shown = await start();
    await shown.with((plugin) => plugin.show({ neo4j: { kind: "on" } }, {}), null);
    await soon(() => tone(shown)).toBe("ok");
    const frames = await shown.with(
      async (plugin, stores) => {
        const state = document.querySelector(".canvas-engram-state");
        plugin.show({ neo4j: { kind: "on" } }, { stores });
        let passed = 0;
        while (state?.getAttribute("data-tone") !== "warn" && passed < 60) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          passed += 1;
        }
        return passed;
      },
      { local, neo4j: away },
    );
    expect(frames).toBeLessThanOrEqual(1);
    const said = panel(shown.host).locator(".canvas-engram-heard");
    expect(await said.textContent()).toBe("Saved here, 1,200 waiting");
    await shown.with((plugin, stores) => plugin.show({ neo4j: { kind: "on" } }, { stores }), { local, neo4j: { ...away, pending: 1_300 } });
    await soon(() => panel(shown.host).locator(".canvas-engram-chip").textContent()).toBe("Saved here, 1,300 waiting");
    expect(await said.textContent()).toBe("Saved here, 1,200 waiting");
    expect(await shown.host.errors()).toEqual([]);
  });

  test("works in a tab in the middle and on a phone", async () => {
    const shown = await start();
    await shown.host.page.evaluate(async () => {
      const { workspace } = window.__host.app;
      for (const leaf of workspace.getLeavesOfType("canvas-engram-panel")) leaf.detach();
      await workspace.getLeaf(true).setViewState({ type: "canvas-engram-panel", active: true });
    });
    await shown.with((plugin) => plugin.showTasks(plugin.madeTasks(10_000, 3)), null);
    await soon(() => panel(shown.host).locator(".canvas-engram-task").count()).toBeGreaterThan(3);
    expect(await width(shown)).toBe(0);
    await shown.host.screenshot("panel-middle-light");
    expect(await shown.host.errors()).toEqual([]);

    const phone = await start({ platform: "mobile", viewport: { width: 360, height: 720 } });
    await phone.with((plugin) => plugin.showTasks(plugin.madeTasks(10_000, 3)), null);
    await soon(() => panel(phone.host).locator(".canvas-engram-task").count()).toBeGreaterThan(2);
    expect(await width(phone)).toBe(0);
    await phone.host.screenshot("panel-phone-tasks-light");
    expect(await phone.host.errors()).toEqual([]);
  });

  test("goes on in a window of its own", async () => {
    const shown = await start();
    await shown.with((plugin) => plugin.showTasks(plugin.madeTasks(10_000, 0)), null);
    await soon(() => panel(shown.host).locator(".canvas-engram-task").count()).toBeGreaterThan(3);
    const seen = (): Promise<readonly string[]> =>
      shown.host.page.evaluate(() => {
        const [leaf] = window.__host.app.workspace.getLeavesOfType("canvas-engram-panel");
        const { contentEl } = leaf?.view as unknown as { contentEl: HTMLElement };
        return [String(contentEl.ownerDocument !== document), contentEl.querySelector(".canvas-engram-task")?.textContent ?? "", String(contentEl.querySelectorAll(".canvas-engram-task").length < 60)];
      });
    await shown.host.page.evaluate(() => {
      const { workspace } = window.__host.app;
      const [leaf] = workspace.getLeavesOfType("canvas-engram-panel");
      if (leaf !== undefined) workspace.moveLeafToPopout(leaf);
    });
    await soon(async () => (await seen())[0]).toBe("true");
    await shown.with((plugin) => plugin.showTasks(plugin.madeTasks(10_000, 7)), null);
    await soon(async () => (await seen()).join()).toMatch(/7 of 1,000.*true$/);
    expect(await shown.host.errors()).toEqual([]);
  });
});
