import { describe, expect, test } from "vitest";
import { CANVAS, MANIFEST, endHostsAfterTests, expectNoErrors, startSample } from "./fixtures/sampleHost";
import type { LaunchOptions, ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";

async function withCanvas(text: string, options: Partial<LaunchOptions> = {}): Promise<ObsidianHost> {
  const assume = { saveDelay: 60_000, ...options.assume };
  return startSample({ "board.canvas": text }, { watch: false, ...options, assume });
}

/** Notes what each menu event brings. */
const MENU_PLUGIN = `
  const { Plugin } = require("obsidian");
  module.exports = class extends Plugin {
    onload() {
      this.seen = [];
      for (const name of ["canvas:node-menu", "canvas:edge-menu", "canvas:selection-menu", "file-menu", "files-menu"]) {
        this.registerEvent(this.app.workspace.on(name, (menu, what, source) => {
          const kind = Array.isArray(what) ? "files" : what.constructor.name;
          this.seen.push([name, kind, typeof source === "string" ? source : null]);
          menu.addItem((item) => item.setTitle(name).setSection("canvas"));
        }));
      }
    }
  };`;

const TWO = JSON.stringify({
  nodes: [
    { id: "a", type: "text", text: "a", x: 0, y: 100, width: 100, height: 60 },
    { id: "b", type: "file", file: "n.md", x: 300, y: 100, width: 100, height: 60 },
  ],
  edges: [{ id: "e", fromNode: "a", fromSide: "right", toNode: "b", toSide: "left" }],
});

function seen(host: ObsidianHost): Promise<unknown[]> {
  return host.page.evaluate(() =>
    (window.__host.app.plugins.getPlugin("sample-plugin") as unknown as { seen: unknown[] }).seen.splice(0));
}

describe.skipIf(!browserAvailable())("menus, tabs and windows of a canvas on the host", { timeout: 90_000 }, () => {
  endHostsAfterTests();

  test("menus of nodes and selections are open to plugins", async () => {
    const host = await withCanvas(CANVAS);
    await host.enablePlugin();
    const canvas = await host.openCanvas("board.canvas");
    await canvas.rightClick("a1");
    await host.screenshot("host-canvas-menu");
    await host.menuItem("Sample action").click();
    expect(await host.notices()).toEqual(["Node a1"]);
    expect(await host.page.locator(".menu").count()).toBe(0);
    await expectNoErrors(host);
  });

  test("without the private API plugins see the view and the ids only", async () => {
    const host = await withCanvas(CANVAS, { assume: { privateCanvasApi: false } });
    await host.enablePlugin();
    const canvas = await host.openCanvas("board.canvas");
    await canvas.rightClick("a1");
    await host.menuItem("Sample action").click();
    expect(await host.notices()).toEqual(["Node a1"]);
    const keys = await host.page.evaluate(() => Object.keys(window.__host.canvasViews()[0]?.canvas as object));
    expect(keys).toEqual(["view", "selection"]);
  });

  test("each menu tells what it is about", async () => {
    const host = await startSample({ "board.canvas": TWO, "n.md": "" }, {
      watch: false,
      plugin: { manifest: MANIFEST, mainJs: MENU_PLUGIN },
      assume: { saveDelay: 60_000 },
    });
    await host.enablePlugin();
    const canvas = await host.openCanvas("board.canvas");
    await canvas.rightClick("a");
    expect(await seen(host)).toEqual([["canvas:node-menu", "CanvasNode", null]]);
    await host.page.keyboard.press("Escape");
    await canvas.rightClick("b");
    expect(await seen(host)).toEqual([["canvas:node-menu", "CanvasNode", null], ["file-menu", "TFile", "canvas-menu"]]);
    await host.page.keyboard.press("Escape");
    await canvas.rightClickEdge("e");
    expect(await seen(host)).toEqual([["canvas:edge-menu", "CanvasEdge", null]]);
    await host.page.keyboard.press("Escape");
    await canvas.select("a", "b");
    await canvas.rightClick("b");
    expect(await seen(host)).toEqual([["canvas:selection-menu", "Canvas", null]]);
    const titles = await host.page.locator(".menu .menu-item-title").allTextContents();
    expect(titles).toEqual(["canvas:selection-menu", "Remove"]);
    await host.page.keyboard.press("Escape");
    await host.fileMenu("board.canvas");
    expect(await seen(host)).toEqual([["file-menu", "TFile", "file-explorer-context-menu"]]);
    await expectNoErrors(host);
  });

  test("the selection menu brings the view where that assumption is turned around", async () => {
    const host = await startSample({ "board.canvas": TWO, "n.md": "" }, {
      watch: false,
      plugin: { manifest: MANIFEST, mainJs: MENU_PLUGIN },
      assume: { selectionMenuArgument: "view" },
    });
    await host.enablePlugin();
    const canvas = await host.openCanvas("board.canvas");
    await canvas.select("a", "b");
    await canvas.rightClick("a");
    expect(await seen(host)).toEqual([["canvas:selection-menu", "CanvasView", null]]);
  });

  test("a deferred tab has no view until it is looked at", async () => {
    const host = await withCanvas(CANVAS);
    const id = await host.openFile("board.canvas", "deferred");
    const deferred = (): Promise<unknown> => host.page.evaluate((leafId) => {
      const leaf = window.__host.app.workspace.getLeafById(leafId);
      return [leaf?.isDeferred, leaf?.view.getViewType(), window.__host.canvasViews().length];
    }, id);
    expect(await deferred()).toEqual([true, "canvas", 0]);
    await host.page.locator('.workspace-tab-header[data-type="canvas"]').click();
    await expect.poll(deferred).toEqual([false, "canvas", 1]);
  });

  test("a canvas in a popout has a window of its own and is written like any other", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas", "window");
    await canvas.recolour("a1", "6");
    await canvas.save();
    expect(host.readFile("board.canvas")).toContain('"color":"6"');
    const foreign = await host.page.evaluate(() => {
      const el = window.__host.canvasViews()[0]?.containerEl;
      return el === undefined ? null : [el.win === window, el instanceof HTMLElement, el.instanceOf(HTMLElement)];
    });
    expect(foreign).toEqual([false, false, true]);
    await expectNoErrors(host);
  });

  test("a panel that moves to a popout keeps living there", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.page.locator(".mod-right-split .sample-log").waitFor();
    const migrated = await host.page.evaluate(() => {
      const { workspace } = window.__host.app;
      const leaf = workspace.getLeavesOfType("sample-panel")[0];
      if (leaf === undefined) throw new Error("no panel");
      let told: Window | null = null;
      leaf.view.containerEl.onWindowMigrated((win) => {
        told = win;
      });
      const popout = workspace.moveLeafToPopout(leaf);
      return [told === popout.win, leaf.view.containerEl.doc === popout.doc, leaf.getContainer() === popout];
    });
    expect(migrated).toEqual([true, true, true]);
    const inPopout = host.page.frameLocator(".host-popout").locator(".sample-log");
    await inPopout.waitFor();
    expect(await inPopout.evaluate((el) => getComputedStyle(el).color)).toBe("rgb(255, 0, 0)");
    await host.disablePlugin();
    await expect.poll(() => host.page.locator(".host-popout").count()).toBe(0);
    expect(await host.lastingLeaks()).toEqual([]);
  });
});
