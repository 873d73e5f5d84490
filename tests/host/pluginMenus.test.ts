import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, chipToBe, closeHosts, journaled, panel, soon, startCapturing, startPlugin, unfoldEnded } from "./pluginHost";

const CARDS = JSON.stringify({
  nodes: [
    { id: "limits", type: "text", text: "Limits", x: 0, y: 100, width: 200, height: 60 },
    { id: "series", type: "text", text: "Series", x: 0, y: 300, width: 200, height: 60 },
  ],
  edges: [{ id: "e1", fromNode: "limits", fromSide: "bottom", toNode: "series", toSide: "top" }],
});

const files = { "Maths.canvas": CARDS, "Courses/Physics.canvas": canvasText({ id: "n", text: "Waves" }), "Note.md": "Text\n" };

function titles(host: ObsidianHost): Promise<readonly string[]> {
  return host.page.locator(".menu .menu-item-title").allTextContents();
}

async function choose(host: ObsidianHost, title: string): Promise<void> {
  await host.page.locator(".menu .menu-item-title").getByText(title, { exact: true }).click();
}

function task(host: ObsidianHost, title: string): ReturnType<ObsidianHost["page"]["locator"]> {
  return panel(host).locator(".canvas-engram-task", { hasText: title });
}

function shown(host: ObsidianHost): Promise<readonly string[]> {
  return host.page.locator(".notice").allInnerTexts();
}

describe.skipIf(!browserAvailable())("menus, the ribbon and notices of the plugin", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("offer what can be done with a canvas in the file explorer, and nothing with a note", async () => {
    const host = await startCapturing(files);
    await host.fileMenu("Note.md");
    expect(await titles(host)).toEqual([]);
    await host.fileMenu("Maths.canvas");
    expect(await titles(host)).toEqual(["Index this canvas", "Show learning history", "Compare with graph and Neo4j…", "Restore before last change by Canvas Engram…", "Export learning history…"]);
    await host.screenshot("plugin-file-menu-light");
    await choose(host, "Index this canvas");
    await unfoldEnded(host);
    await task(host, "Index: Maths.canvas").getByText("Done").waitFor();

    await host.fileMenu("Maths.canvas");
    await choose(host, "Compare with graph and Neo4j…");
    await soon(async () => (await shown(host)).join("\n")).toContain("Files, local graph and Neo4j agree.");

    await host.fileMenu("Maths.canvas");
    await choose(host, "Restore before last change by Canvas Engram…");
    await soon(() => host.notices()).toContain("Canvas Engram has made no change to this canvas that it could take back.");

    await host.fileMenu("Courses");
    expect(await titles(host)).toEqual(["Index the canvases of this folder"]);
    await choose(host, "Index the canvases of this folder");
    await task(host, "Index: Courses").getByText("Done").waitFor();
    expect(await host.errors()).toEqual([]);
  });

  test("offer nothing that could not run before the vault is captured", async () => {
    const host = await startPlugin(files);
    await button(host, "Start").waitFor();
    await host.fileMenu("Courses");
    expect(await titles(host)).toEqual([]);
    await host.fileMenu("Maths.canvas");
    expect(await titles(host)).not.toContain("Index this canvas");
    const now = await host.commands();
    expect(["index-vault", "index-folder", "index-canvas"].filter((id) => now.includes(`canvas-engram:${id}`))).toEqual([]);
    expect(await host.errors()).toEqual([]);
  });

  test("record an event about a card and about a connection, from their menus", async () => {
    const host = await startCapturing(files);
    const canvas = await host.openCanvas("Maths.canvas");
    await canvas.rightClickEdge("e1");
    expect(await titles(host)).toEqual(expect.arrayContaining(["Explain this connection", "Record learning event about the connection…"]));
    // The host shows the menu of a connection where its line is, which may be outside of what can be clicked at.
    await host.page.locator(".menu .menu-item-title").getByText("Record learning event about the connection…").dispatchEvent("click");
    await host.page.locator(".modal").getByText("About the connection from Limits to Series").waitFor();
    await host.page.locator(".modal textarea").fill("One is made of the other");
    await host.page.locator(".modal").getByRole("button", { name: "Record" }).click();
    const about = await journaled(host, "custom:remark");
    expect([about.subject, about.data]).toEqual([{ kind: "edge", id: "e1" }, expect.objectContaining({ remark: "One is made of the other" })]);

    await canvas.rightClick("series");
    await choose(host, "Record learning event…");
    await host.page.locator(".modal").getByText("About Series").waitFor();
    await host.page.locator(".modal input").first().fill("90");
    await host.page.locator(".modal").getByRole("button", { name: "Record" }).click();
    expect((await journaled(host, "score_submitted")).subject).toEqual({ kind: "node", id: "series" });
    expect(await host.errors()).toEqual([]);
  });

  test("show what was learned of a card and of a canvas that is not open", async () => {
    const host = await startCapturing(files);
    const canvas = await host.openCanvas("Maths.canvas");
    const history = panel(host).locator(".canvas-engram-history");
    await canvas.rightClick("series");
    await choose(host, "Show learning history");
    await panel(host).getByRole("tab", { name: "Learning", selected: true }).waitFor();
    await soon(() => history.textContent()).toMatch(/Series.*Card on Maths/);
    await host.fileMenu("Courses/Physics.canvas");
    await choose(host, "Show learning history");
    await soon(() => history.textContent()).toMatch(/Physics.*Canvas/);
    expect(await host.errors()).toEqual([]);
  });

  test("index the whole vault with a command, told in one notice from its begin to its end", async () => {
    const host = await startCapturing(files);
    await host.palette("Canvas Engram: Index the vault");
    await soon(() => shown(host)).toEqual(["Index: The whole vault: 2 items done."]);
    expect(await host.notices()).toContain("Index: The whole vault: started. The panel shows how far it is.");
    expect(await host.errors()).toEqual([]);
  });

  test("tell of no task that goes well in quiet mode", async () => {
    const host = await startCapturing(files);
    await host.openSettings();
    await host.setToggle("Quiet mode", true);
    await host.closeSettings();
    await host.command("index-vault");
    await unfoldEnded(host);
    await task(host, "Index: The whole vault").getByText("Done").waitFor();
    await host.command("verify");
    await soon(() => host.notices()).toContain("Files, local graph and Neo4j agree.");
    expect((await host.notices()).filter((text) => /started|items done/.test(text))).toEqual([]);
    expect(await host.errors()).toEqual([]);
  });

  test("export what is chosen, with its mistakes at the field, and say where it is", async () => {
    const host = await startCapturing(files);
    const row = (name: string): ReturnType<ObsidianHost["page"]["locator"]> =>
      host.page.locator(".modal .setting-item", { has: host.page.getByText(name, { exact: true }) });
    const go = (): Promise<void> => host.page.locator(".modal").getByRole("button", { name: "Export", exact: true }).click();
    await host.fileMenu("Maths.canvas");
    await choose(host, "Export learning history…");
    expect(await row("Only this canvas").locator("input").inputValue()).toBe("Maths.canvas");
    await row("Only the last days").locator("input").fill("none");
    await go();
    await row("Only the last days").getByText("Enter a number of days above 0").waitFor();
    await host.screenshot("plugin-export-light");
    await row("Only the last days").locator("input").fill("7");
    await row("Folder").locator("input").fill("../out");
    await go();
    await host.page.locator(".modal").getByText(/Nothing can be exported into/).waitFor();
    await row("Folder").locator("input").fill("Exports");
    await go();
    await soon(async () => (await shown(host)).join()).toMatch(/^Exported to Exports\/events \d{4}-\d\d-\d\d [0-9a-f]+\.csv\.$/);
    const [name = ""] = readdirSync(join(host.vaultDir, "Exports"));
    expect(readFileSync(join(host.vaultDir, "Exports", name), "utf8").split("\r\n").length).toBeGreaterThan(3);
    expect(readFileSync(join(host.vaultDir, "Exports", name), "utf8")).not.toContain("Physics");

    await host.command("export");
    await row("What").locator("select").selectOption({ label: "Local graph" });
    await row("Format").locator("select").selectOption({ label: "CSV, for spreadsheets" });
    await row("Table").locator("select").selectOption({ label: "Cards" });
    await go();
    await soon(() => readdirSync(join(host.vaultDir, "Exports")).filter((one) => one.startsWith("nodes")).length).toBe(1);

    await host.command("export");
    await row("What").locator("select").selectOption({ label: "Results of a task" });
    await row("Format").locator("select").selectOption({ label: "JSON" });
    await go();
    await soon(() => readdirSync(join(host.vaultDir, "Exports")).filter((one) => one.startsWith("results")).length).toBe(1);
    expect(await host.errors()).toEqual([]);
  });

  test("copy a report for help with a command, also before anything is captured", async () => {
    const host = await startPlugin(files);
    await host.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await host.palette("Canvas Engram: Copy diagnostics");
    await soon(async () => (await host.notices()).join("\n")).toContain("Copied.");
    const report = await host.page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain("0.1.0");
    expect(report).not.toContain("Maths");
    expect(await host.errors()).toEqual([]);
  });

  test("show the chip in the ribbon and the status bar, which open the panel by click and key", async () => {
    const host = await startCapturing(files);
    const icon = host.page.locator(".canvas-engram-ribbon");
    const bar = host.page.locator(".canvas-engram-status");
    const say = (text: string): Promise<void[]> =>
      Promise.all([icon, bar].map((element) => soon(() => element.getAttribute("aria-label")).toBe(`Canvas Engram: ${text}`)));
    await say("All saved here");
    expect(await icon.getAttribute("data-tone")).toBe("ok");
    const full = host.faults.add({ op: "append", path: ".obsidian", effect: { kind: "error", code: "ENOSPC" } });
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }));
    await say("Not saving: disk full");
    expect(await icon.getAttribute("data-tone")).toBe("error");
    await host.screenshot("plugin-ribbon-light");
    await host.setTheme("dark");
    await host.screenshot("plugin-ribbon-dark");
    full();
    await say("All saved here");

    const opens = async (act: () => Promise<void>): Promise<void> => {
      await host.page.evaluate(() => window.__host.app.workspace.detachLeavesOfType("canvas-engram-panel"));
      await soon(() => panel(host).count()).toBe(0);
      await act();
      await chipToBe(host, "All saved here");
    };
    const tab = (name: string): Promise<string | null> => panel(host).getByRole("tab", { name }).getAttribute("aria-selected");
    await opens(async () => void (await host.palette("Canvas Engram: Show figures of sending")));
    expect(await tab("Batches")).toBe("true");
    await panel(host).getByRole("tab", { name: "Now" }).click();
    await host.command("show-stats");
    await soon(() => tab("Batches")).toBe("true");
    await opens(() => icon.click());
    await opens(() => bar.click());
    await opens(() => bar.press("Enter"));
    await opens(() => bar.press("Space"));
    expect(await host.errors()).toEqual([]);
  });
});
