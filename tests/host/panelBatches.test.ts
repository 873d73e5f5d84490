import { afterAll, afterEach, describe, expect, test } from "vitest";
import { testServer } from "../neo4j/testServer";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { sendNowhere } from "./plantRefusals";
import { button, canvasText, chipToBe, closeHosts, openTab, panel, soon, startCapturing } from "./pluginHost";

const server = await testServer();

const cards = Array.from({ length: 30 }, (_, index) => ({ id: `card${index}`, text: `Card ${index}` }));
const vault = { "Maths.canvas": canvasText(...cards), "Physics.canvas": canvasText({ id: "force", text: "Force" }) };

type Locator = ReturnType<typeof panel>;

const charts = (host: ObsidianHost): Locator => panel(host).locator(".canvas-engram-chart");
const drawings = (host: ObsidianHost): Locator => charts(host).locator("canvas");
/** The drawing of the first chart, as text that differs where a pixel does. */
const drawn = (host: ObsidianHost): Promise<string> => drawings(host).first().evaluate((element) => (element as HTMLCanvasElement).toDataURL());

describe.skipIf(!browserAvailable())("batches, in the panel, before there are any", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("say that local saving needs none, lead to the settings, and wait for the first one", async () => {
    const host = await startCapturing(vault);
    await openTab(host, "Batches");
    await panel(host).getByText("Saving here needs no batches", { exact: true }).waitFor();
    await host.screenshot("panel-batches-off-light");
    await button(host, "Connect…").focus();
    await host.page.keyboard.press("Enter");
    await host.setting("Address").waitFor();
    await host.closeSettings();
    await sendNowhere(host);
    await panel(host).getByText("No batches yet", { exact: true }).waitFor();
    expect(await drawings(host).count()).toBe(0);
  });
});

describe.skipIf(server === null || !browserAvailable())("batches, in the panel, with a real Neo4j", { timeout: 300_000 }, () => {
  const here = server ?? { uri: "bolt://localhost:7687", user: "", password: "" };

  async function withBatches(): Promise<ObsidianHost> {
    const host = await startCapturing(vault);
    await host.openSettings();
    await host.setText("Address", here.uri);
    await host.setText("User", here.user);
    await host.setSecret("Password", "neo4j-test", here.password);
    await host.setToggle("Send to Neo4j", true);
    await host.closeSettings();
    await chipToBe(host, "All sent");
    await openTab(host, "Batches");
    await soon(() => drawings(host).count()).toBe(4);
    return host;
  }

  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("are drawn, and said in words and in tables", async () => {
    const host = await withBatches();
    expect(await charts(host).locator(".canvas-engram-chart-summary").first().textContent()).toMatch(/^\d+ events in the last hour, at most \d+ in a minute$/);
    expect(await charts(host).locator('[role="img"]').nth(1).getAttribute("aria-label")).toMatch(/^Time of a batch: Half of the batches within [\d,]+ ms, 95 % within [\d,]+ ms$/);
    const last = panel(host).getByRole("region", { name: "Last batches" });
    expect(await last.getByRole("columnheader").allTextContents()).toEqual(["Time", "Events", "Result", "Took"]);
    expect(await last.getByRole("row").nth(1).textContent()).toContain("Stored");
    await panel(host).getByText("By the minute").focus();
    await host.page.keyboard.press("Enter");
    await soon(() => panel(host).getByRole("region", { name: "By the minute" }).getByRole("row").count()).toBeGreaterThan(1);
    await drawings(host).first().scrollIntoViewIfNeeded();
    await host.screenshot("panel-batches-light");
    await charts(host).first().locator(".u-over").hover();
    await soon(() => charts(host).first().locator(".canvas-engram-chart-summary").textContent()).toMatch(/^\d\d:\d\d [AP]M: Stored /);
    await host.page.mouse.move(10, 10);
    await soon(() => charts(host).first().locator(".canvas-engram-chart-summary").textContent()).toMatch(/in the last hour/);
    expect(await host.errors()).toEqual([]);
  });

  test("take the colours of another theme, the width of the panel and a window of its own", async () => {
    const host = await withBatches();
    const light = await drawn(host);
    await host.setTheme("dark");
    await soon(() => drawn(host)).not.toBe(light);
    await host.screenshot("panel-batches-dark");
    const width = (): Promise<number> => drawings(host).first().evaluate((element) => element.getBoundingClientRect().width);
    const before = await width();
    await panel(host).evaluate((element) => element.closest<HTMLElement>(".mod-right-split")?.setCssStyles({ width: "460px" }));
    await soon(width).toBeGreaterThan(before + 100);

    await host.page.evaluate(() => {
      const { workspace } = window.__host.app;
      const [leaf] = workspace.getLeavesOfType("canvas-engram-panel");
      if (leaf === undefined) throw new Error("there is no panel");
      workspace.moveLeafToPopout(leaf);
    });
    const popout = host.page.frameLocator(".host-popout").locator(".canvas-engram-chart canvas");
    await soon(() => popout.count()).toBe(4);
    await soon(() => popout.first().evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(0);
    expect(await host.errors()).toEqual([]);
  });

  test("begin at zero when a person resets them, and leave nothing behind", async () => {
    const host = await withBatches();
    await button(host, "Reset figures").click();
    await soon(() => host.notices()).toContain("The figures begin at zero.");
    await panel(host).getByText("No batches yet", { exact: true }).waitFor();
    host.writeFile("Physics.canvas", canvasText({ id: "force", text: "Force", color: "5" }));
    await soon(() => drawings(host).count()).toBe(4);
    // The app's notice goes by itself some seconds later.
    for (const notice of await host.page.locator(".notice").all()) await notice.click();
    await host.disablePlugin();
    expect(await host.lastingLeaks()).toEqual([]);
    expect(await host.errors()).toEqual([]);
  });
});
