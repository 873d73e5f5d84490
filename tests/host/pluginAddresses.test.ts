import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { canvasHashes, canvasText, closeHosts, panel, soon, startCapturing, startPlugin } from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Note.md": "Text\n",
};

function follow(host: ObsidianHost, params: Readonly<Record<string, string>>): Promise<unknown> {
  return host.page.evaluate((asked) => window.__host.protocol("canvas-engram", asked), params);
}

function selection(host: ObsidianHost): Promise<string[]> {
  return host.page.evaluate(() => {
    const found: string[] = [];
    window.__host.app.workspace.iterateAllLeaves((leaf) => {
      const { canvas } = leaf.view as unknown as { canvas?: { selection: ReadonlySet<{ id: string }> } };
      for (const { id } of canvas?.selection ?? []) found.push(id);
    });
    return found;
  });
}

describe.skipIf(!browserAvailable())("the app's command line and addresses", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("the app's command line tells how everything stands, catches up and compares", async () => {
    const host = await startCapturing(vault);
    expect(await host.cli("canvas-engram:status")).toMatch(/^All saved here\nSaved: 3\n/);
    const status = JSON.parse(await host.cli("canvas-engram:status", { json: "true" })) as Record<string, unknown>;
    expect(status).toMatchObject({ canvases: 1, events: 3, dead: [], problems: [], tasks: [], stats: { failed: 0 } });
    expect(status["stores"]).toMatchObject({ local: { state: "ok", pending: 0, dead: 0 } });

    const canvas = await host.openCanvas("Maths.canvas");
    await canvas.type("limits", "Limits of functions");
    const flushed = JSON.parse(await host.cli("canvas-engram:flush", { json: "true" })) as Record<string, unknown>;
    expect(flushed).toEqual({ capturing: true, journaled: expect.any(Number) as number, pending: 0 });
    expect(host.readFile("Maths.canvas")).toContain("Limits of functions");
    expect(await host.cli("canvas-engram:status")).toContain("Saved: 4");
    expect(await host.cli("canvas-engram:flush")).toBe("Everything is in the journal.\nNothing waits for Neo4j.");

    const before = canvasHashes(host);
    expect(await host.cli("canvas-engram:verify")).toBe("Files, local graph and Neo4j agree.");
    expect(JSON.parse(await host.cli("canvas-engram:verify", { json: "true" }))).toEqual({ differences: 0 });
    expect(canvasHashes(host)).toEqual(before);
  });

  test("flush says when nothing is captured", async () => {
    const host = await startPlugin(vault);
    expect(await host.cli("canvas-engram:flush")).toMatch(/\nNothing waits for Neo4j\.$/);
    expect(JSON.parse(await host.cli("canvas-engram:flush", { json: "true" }))).toMatchObject({ capturing: false, journaled: 0 });
  });

  test("an address opens the panel, the settings, or a canvas at a node, and does nothing else", async () => {
    const host = await startCapturing(vault);
    const before = canvasHashes(host);
    await host.page.evaluate(() => {
      for (const leaf of window.__host.app.workspace.getLeavesOfType("canvas-engram-panel")) leaf.detach();
    });
    expect(await panel(host).count()).toBe(0);
    await follow(host, {});
    await panel(host).waitFor();

    await follow(host, { do: "canvas", path: "Maths.canvas", node: "series" });
    await soon(() => selection(host)).toEqual(["series"]);
    await follow(host, { do: "canvas", path: "Maths.canvas", node: "gone" });
    await soon(() => host.notices()).toContain("The canvas Maths.canvas has no node gone.");
    await follow(host, { do: "canvas", path: "Note.md" });
    await soon(() => host.notices()).toContain("There is no canvas Note.md in this vault.");
    await follow(host, { do: "remove-device-data" });
    await soon(() => host.notices()).toContainEqual(expect.stringMatching(/asks for something that Canvas Engram does not do/));
    expect(canvasHashes(host)).toEqual(before);

    await follow(host, { do: "settings" });
    await host.page.locator(".vertical-tab-content").getByText("Connection").first().waitFor();
    expect(await host.errors()).toEqual([]);
  });
});
