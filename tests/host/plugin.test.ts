import { afterAll, afterEach, describe, expect, test } from "vitest";
import { browserAvailable, closeBrowser } from "./node/browser";
import {
  button,
  canvasHashes,
  canvasText,
  chipToBe,
  closeHosts,
  figure,
  journal,
  journaled,
  launchPlugin,
  openTab,
  panel,
  soon,
  startCapturing,
  startPlugin,
  types,
} from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Courses/Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
  "Empty.canvas": "",
  "Note.md": "---\nscore: 40\n---\nText\n",
};

/** A canvas in three columns, of which the right one is empty: what the documentation shows. */
const mapOfMaths = ((): string => {
  const card = (id: string, text: string, x: number, y: number, color: string): object => ({ id, type: "text", text, x, y, width: 220, height: 60, color });
  const arrow = (fromNode: string, toNode: string): object => ({ id: `${fromNode}-${toNode}`, fromNode, fromSide: "bottom", toNode, toSide: "top" });
  const nodes = [
    card("limits", "Limits", 280, 0, "5"),
    card("series", "Series", 0, 160, "1"),
    card("derivatives", "Derivatives", 280, 160, "4"),
    card("taylor", "Taylor series", 0, 320, "2"),
    card("equations", "Differential equations", 280, 320, "1"),
  ];
  const edges = [arrow("limits", "series"), arrow("limits", "derivatives"), arrow("series", "taylor"), arrow("derivatives", "taylor"), arrow("derivatives", "equations")];
  const list = (entries: readonly object[]): string => entries.map((entry) => `\t\t${JSON.stringify(entry)}`).join(",\n");
  return `{\n\t"nodes":[\n${list(nodes)}\n\t],\n\t"edges":[\n${list(edges)}\n\t]\n}`;
})();

describe.skipIf(!browserAvailable())("the plugin in Obsidian", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("asks before it reads, and reads after a yes without touching a canvas", async () => {
    const host = await startPlugin(vault);
    const before = canvasHashes(host);
    await chipToBe(host, "Not started");
    expect(await panel(host).locator(".canvas-engram-box").textContent()).toContain("3 canvases");
    expect(journal(host)).toEqual([]);
    await host.screenshot("plugin-first-run-light");
    await host.setTheme("dark");
    await host.screenshot("plugin-first-run-dark");

    await button(host, "Start").click();
    await chipToBe(host, "All saved here");
    const lines = journal(host);
    expect([...types(lines)].sort()).toEqual(
      [...Array<string>(3).fill("canvas_created"), ...Array<string>(3).fill("node_created"), "score_submitted"],
    );
    expect(lines.every((line) => line.origin === "index")).toBe(true);
    expect(await figure(host, "saved")).toBe("7");
    expect(await host.page.locator(".canvas-engram-status").textContent()).toBe("All saved here");
    expect(canvasHashes(host)).toEqual(before);
    expect(host.dataJson()).toMatchObject({ indexConsent: "granted", neo4j: { enabled: false } });
    await host.screenshot("plugin-saved-dark");
    expect(await host.errors()).toEqual([]);
  });

  test("follows edits on the disk and in an open canvas", async () => {
    const host = await startCapturing({ ...vault, "Maths.canvas": mapOfMaths });
    await button(host, "All saved here").click();
    await button(host, "Connect…").focus();
    host.writeFile("Courses/Physics.canvas", canvasText({ id: "force", text: "Force", color: "5" }));
    expect((await journaled(host, "color_changed")).data).toEqual({
      oldColor: "4",
      newColor: "5",
      oldLevel: "understood",
      newLevel: "mastered",
      concept: "Force",
    });
    await soon(() => figure(host, "saved")).toBe("16");
    expect(await button(host, "Connect…").evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true);

    const canvas = await host.openCanvas("Maths.canvas");
    const id = await canvas.addCard("Integrals", { x: 745, y: 250 });
    await canvas.recolour("series", "4");
    await canvas.save();
    expect((await journaled(host, "node_created", (line) => line.subject.id === id)).origin).toBe("edit");
    expect((await journaled(host, "color_changed", (line) => line.subject.id === "series")).data).toMatchObject({ newLevel: "understood" });
    await soon(() => figure(host, "saved")).toBe(String(journal(host).length));
    await host.screenshot("plugin-open-canvas-light");
    expect(await host.errors()).toEqual([]);
  });

  test("follows renames, deletions and properties of notes", async () => {
    const host = await startCapturing(vault);
    const id = (await journaled(host, "canvas_created", (line) => line.canvas?.path === "Courses/Physics.canvas")).canvas?.id;
    await host.page.evaluate(async () => {
      const { fileManager, vault: files } = window.__host.app;
      const folder = files.getAbstractFileByPath("Courses");
      if (folder !== null) await fileManager.renameFile(folder, "Lectures");
    });
    const renamed = await journaled(host, "canvas_renamed");
    expect([renamed.canvas?.id, renamed.data]).toEqual([id, { from: "Courses/Physics.canvas", to: "Lectures/Physics.canvas" }]);

    host.writeFile("Note.md", "---\nscore: 75\n---\nText\n");
    expect((await journaled(host, "score_submitted", (line) => line.data["score"] === 75)).data).toMatchObject({ previous: 40 });
    host.removeFile("Empty.canvas");
    expect((await journaled(host, "canvas_deleted")).data).toEqual({ path: "Empty.canvas" });
    expect(types(journal(host)).filter((type) => type === "canvas_renamed")).toHaveLength(1);
    expect(await host.errors()).toEqual([]);
  });

  test("names a broken file, and forgets it when it is repaired", async () => {
    const host = await startCapturing(vault);
    const good = host.readFile("Maths.canvas");
    host.writeFile("Maths.canvas", good.replace('\t"edges":', '<<<<<<< HEAD\n\t"edges":'));
    await chipToBe(host, "Saved, 1 file to look at");
    await openTab(host, "Failed");
    const row = panel(host).locator(".canvas-engram-problems .canvas-engram-row");
    expect(await row.textContent()).toMatch(/Maths\.canvasLine \d+, column \d+.*conflict/);
    await host.screenshot("plugin-problem-light");
    host.writeFile("Maths.canvas", good);
    await chipToBe(host, "All saved here");
    expect(types(journal(host))).not.toContain("node_removed");
    expect(await host.errors()).toEqual([]);
  });

  test("captures nothing after a no, until it is started by command", async () => {
    const host = await startPlugin(vault);
    await button(host, "Not now").click();
    await chipToBe(host, "Not capturing");
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits, again" }));
    await host.reconcile();
    expect(journal(host)).toEqual([]);
    await host.screenshot("plugin-declined-light");
    await host.command("sync-now");
    await soon(() => host.notices()).toContain("Canvas Engram is not capturing this vault. Start it in its panel.");

    await host.command("start-capturing");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Start" }).click();
    await chipToBe(host, "All saved here");
    expect(await figure(host, "saved")).toBe(String(journal(host).length));
    expect(await host.errors()).toEqual([]);
  });

  test("can be stopped while it reads, keeps what it has, and goes on when asked", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.canvas`, canvasText({ id: "a", text: `${index}` })]));
    const host = await startPlugin(many);
    host.faults.add({ op: "read", path: /^\d+\.canvas$/, skip: 8, effect: { kind: "delay", ms: 300 } });
    await button(host, "Start").click();
    await chipToBe(host, /^Reading \d+ of 30$/);
    await host.screenshot("plugin-reading-light");
    await button(host, "Stop").click();
    await chipToBe(host, "Not capturing");
    host.faults.clear();
    await button(host, "Start").click();
    await chipToBe(host, "All saved here");
    expect(types(journal(host)).filter((type) => type === "canvas_created")).toHaveLength(30);
    expect(new Set(journal(host).map((line) => line.id)).size).toBe(60);
    expect(await host.errors()).toEqual([]);
  });

  test("leaves nothing behind when it is turned off", async () => {
    const host = await startCapturing(vault);
    await host.openCanvas("Maths.canvas");
    await host.command("record-learning-event");
    await host.disablePlugin();
    expect(await host.lastingLeaks(4000)).toEqual([]);
    expect(await panel(host).count()).toBe(0);
    expect(await host.errors()).toEqual([]);
  });

  test("has everything after an update, a restart and a crash, and journals nothing twice", async () => {
    const host = await startCapturing(vault);
    const before = journal(host);
    await host.updatePlugin();
    await chipToBe(host, "All saved here");
    await host.reload();
    await chipToBe(host, "All saved here");
    expect(journal(host)).toEqual(before);

    await host.crash();
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "3" }, { id: "series", text: "Series", color: "1" }));
    await host.reload();
    expect((await journaled(host, "color_changed")).origin).toBe("catch-up");
    expect(journal(host)).toHaveLength(before.length + 1);
    await soon(() => figure(host, "saved")).toBe(String(before.length + 1));
    expect(await host.errors()).toEqual([]);
  });

  test("changes no canvas by opening, closing, syncing, turning on and off", async () => {
    const foreign = JSON.stringify({ edges: [], nodes: [{ text: "x", id: "a", type: "text", x: 0, y: 0, width: 9, height: 9 }] }, null, 2);
    const host = await launchPlugin({ ...vault, "Foreign.canvas": foreign });
    const before = canvasHashes(host);
    await host.enablePlugin();
    await button(host, "Start").click();
    await chipToBe(host, "All saved here");
    for (const path of ["Maths.canvas", "Courses/Physics.canvas"]) {
      await host.openCanvas(path);
      await host.command("sync-now");
      await host.closeFile(path);
    }
    await host.openCanvas("Foreign.canvas");
    await host.command("sync-now");
    await soon(async () => (await host.notices()).filter((text) => text.includes("read 4 canvases"))).toHaveLength(3);
    await host.disablePlugin();
    await host.enablePlugin();
    await chipToBe(host, "All saved here");
    expect(canvasHashes(host)).toEqual(before);
    expect(await host.errors()).toEqual([]);
  });
});
