import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { EngramApi } from "../../src/adapters/obsidian/pluginApi";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasHashes, canvasText, chipToBe, closeHosts, figure, journal, journaled, panel, soon, startCapturing, startPlugin, types, unfoldEnded } from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Note.md": "Text\n",
};

async function fillForm(host: ObsidianHost, form: { score?: string; review?: string; remark?: string }): Promise<void> {
  const row = (name: string): ReturnType<ObsidianHost["page"]["locator"]> =>
    host.page.locator(".modal .setting-item", { has: host.page.getByText(name, { exact: true }) });
  if (form.score !== undefined) await row("Score").locator("input").fill(form.score);
  if (form.review !== undefined) await row("Review").locator("select").selectOption({ label: form.review });
  if (form.remark !== undefined) await row("Remark").locator("textarea").fill(form.remark);
  await host.page.locator(".modal").getByRole("button", { name: "Record" }).click();
}

/** Calls the plugin's API as another plugin would. */
function withApi<T>(host: ObsidianHost, call: (api: EngramApi) => Promise<T>): Promise<T> {
  return host.page.evaluate(`(${call.toString()})(window.__host.app.plugins.getPlugin("canvas-engram").api)`);
}

describe.skipIf(!browserAvailable())("what the user asks the plugin to do", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("record learning events for a node and a note, by dialog", async () => {
    const host = await startCapturing(vault);
    expect(await host.command("record-learning-event")).toBe(false);
    const canvas = await host.openCanvas("Maths.canvas");
    await canvas.select("series");
    await host.palette("Canvas Engram: Record learning event");
    await host.page.locator(".modal").getByText("About Series").waitFor();
    await host.screenshot("plugin-record-light");
    await fillForm(host, { score: "101" });
    await host.page.locator(".modal").getByText("Enter a number from 0 to 100.").waitFor();
    await fillForm(host, { score: "87,5", review: "Good", remark: "Nearly" });

    const score = await journaled(host, "score_submitted");
    expect([score.origin, score.subject, score.canvas?.path]).toEqual(["command", { kind: "node", id: "series" }, "Maths.canvas"]);
    expect(score.data).toMatchObject({ score: 87.5, remark: "Nearly", concept: "Series" });
    expect((await journaled(host, "review_rated")).data).toMatchObject({ rating: "good", due: null, interval: null, ease: null });
    await soon(() => host.page.locator(".modal").count()).toBe(0);
    expect(await host.notices()).toContain("Recorded.");

    await host.openFile("Note.md");
    await host.command("record-learning-event");
    await fillForm(host, { remark: "Read again" });
    const remark = await journaled(host, "custom:remark");
    expect([remark.canvas, remark.subject, remark.data]).toEqual([null, { kind: "note", id: "Note.md" }, { remark: "Read again" }]);
    expect(await host.errors()).toEqual([]);
  });

  test("keep settings changed by hand in data.json, and refuse wrong ones at the field", async () => {
    const host = await startCapturing(vault);
    await host.openSettings();
    await host.screenshot("plugin-settings-light");
    await host.setText("Batches at once", "4");
    await host.setText("Wait for company", "250");
    await host.setText("Not these folders", "Archive/\nOld");
    await host.setText("Events in a batch", "9000");
    await host.setting("Events in a batch").getByText("Enter a whole number from 1 to 2000.").waitFor();
    await host.setText("Address", "bolt://neo4j:hunter22@localhost:7687");
    await host.setting("Address").getByText("Leave user and password out of the address").waitFor();
    await host.screenshot("plugin-settings-wrong-light");
    await host.setText("Address", "bolt://db.example.org:7687");
    await host.setSecret("Password", "neo4j-home", "correct horse");
    await soon(() => host.dataJson()).toMatchObject({
      neo4j: { enabled: false, uri: "bolt://db.example.org:7687", passwordSecretId: "neo4j-home" },
      engine: { concurrency: 4, batchSize: 200, lingerMs: 250 },
      capture: { foldersOut: ["Archive", "Old"] },
    });
    expect(JSON.stringify(host.dataJson())).not.toMatch(/hunter22|correct horse/);

    await host.closeSettings();
    await host.openSettings();
    expect(await host.setting("Batches at once").locator("input").inputValue()).toBe("4");
    await host.setTheme("dark");
    await host.screenshot("plugin-settings-dark");
    host.writeFile("Archive/Old.canvas", canvasText({ id: "x", text: "Not to be seen" }));
    await host.reconcile();
    await host.command("sync-now");
    await soon(async () => (await host.notices()).some((text) => text.includes("read 1 canvas,"))).toBe(true);
    expect(journal(host).some((line) => line.canvas?.path === "Archive/Old.canvas")).toBe(false);
    expect(await host.errors()).toEqual([]);
  });

  test("take settings that another device changed", async () => {
    const host = await startCapturing(vault);
    const data = host.dataJson() as { engine: object };
    const changed = { ...data, engine: { ...data.engine, batchSize: 77 }, later: "kept" };
    host.writeFile(".obsidian/plugins/canvas-engram/data.json", JSON.stringify(changed));
    await soon(async () => {
      await host.openSettings();
      const shown = await host.setting("Events in a batch").locator("input").inputValue();
      if (shown !== "77") await host.closeSettings();
      return shown;
    }).toBe("77");
    await host.setText("Batches at once", "3");
    await soon(() => host.dataJson()).toEqual({ ...changed, engine: { ...changed.engine, concurrency: 3 } });
    expect(await host.errors()).toEqual([]);
  });

  test("show nothing and do nothing for a panel that nobody sees, and the truth when it is seen again", async () => {
    const host = await startCapturing(vault);
    await host.page.evaluate(() => {
      window.__host.app.workspace.rightSplit.collapse();
    });
    const writes = await panel(host).evaluate((element) => {
      const seen = { count: 0 };
      new MutationObserver((records) => (seen.count += records.length)).observe(element, { subtree: true, childList: true, characterData: true });
      Reflect.set(window, "__panelWrites", seen);
      return seen.count;
    });
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }));
    await soon(() => host.page.locator(".canvas-engram-status").textContent()).toBe("All saved here");
    await soon(async () => (await withApi(host, (api) => api.status())).events).toBeGreaterThan(3);
    expect([writes, await host.page.evaluate(() => (Reflect.get(window, "__panelWrites") as { count: number }).count)]).toEqual([0, 0]);
    await host.page.evaluate(() => {
      window.__host.app.workspace.rightSplit.expand();
    });
    await soon(() => figure(host, "saved")).toBe(String(journal(host).length));
    expect(await host.errors()).toEqual([]);
  });

  test("show a full disk, and go on by itself when there is room", async () => {
    const host = await startCapturing(vault);
    const full = host.faults.add({ op: "append", path: ".obsidian", effect: { kind: "error", code: "ENOSPC" } });
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }));
    await chipToBe(host, "Not saving: disk full");
    expect(await panel(host).locator(".canvas-engram-box-title").textContent()).toBe("The disk is full");
    await host.screenshot("plugin-full-light");
    await host.setTheme("dark");
    await host.screenshot("plugin-full-dark");
    expect(types(journal(host))).not.toContain("color_changed");
    full();
    await chipToBe(host, "All saved here");
    expect((await journaled(host, "color_changed")).data).toMatchObject({ newColor: "4" });
    expect(await host.errors()).toEqual([]);
  });

  test("back up the journal, remove everything here, and import it again", async () => {
    const host = await startCapturing(vault);
    const before = journal(host);
    await host.command("back-up-journal");
    await soon(async () => (await host.notices()).find((text) => text.startsWith("Backed up to"))).toBeDefined();
    const name = (await host.notices()).find((text) => text.startsWith("Backed up to"))?.slice("Backed up to ".length, -1) ?? "";
    expect(name).toMatch(/^Canvas Engram backup \d{4}-\d\d-\d\d\.ndjson$/);
    const canvases = canvasHashes(host);

    await host.command("remove-device-data");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Cancel" }).click();
    expect(journal(host)).toEqual(before);
    await host.command("remove-device-data");
    await host.screenshot("plugin-remove-light");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Remove" }).click();
    await chipToBe(host, "Not started");
    expect(journal(host)).toEqual([]);
    expect(canvasHashes(host)).toEqual(canvases);

    await host.command("import-journal");
    await host.page.locator(".modal input[type=file]").setInputFiles(join(host.vaultDir, name));
    await host.page.locator(".modal").getByRole("button", { name: "Import", exact: true }).click();
    await soon(() => host.notices()).toContain(`Imported ${before.length} events. 0 were there already, 0 could not be read.`);
    expect(new Set(journal(host).map((line) => line.id))).toEqual(new Set(before.map((line) => line.id)));
    expect(readFileSync(join(host.vaultDir, name), "utf8").split("\n").filter((line) => line !== "")).toHaveLength(before.length);
    expect(await host.errors()).toEqual([]);
  });

  test("serve other plugins through its API", async () => {
    const host = await startCapturing(vault);
    const result = await withApi(host, (api) =>
      api.recordBatch([
        { type: "score_submitted", canvas: "Maths.canvas", node: "limits", score: 64 },
        { type: "node_created", canvas: "Maths.canvas", node: "limits" },
        { type: "custom:lecture", note: "Note.md", data: { room: 3 } },
      ]),
    );
    expect(result.results.map((item) => item.status)).toEqual(["accepted", "invalid", "accepted"]);
    expect(types(journal(host)).slice(-2)).toEqual(["score_submitted", "custom:lecture"]);
    expect((await journaled(host, "score_submitted")).origin).toBe("api");
    const { events, apiVersion } = await withApi(host, async (api) => ({ events: (await api.status()).events, apiVersion: api.apiVersion }));
    expect([events, apiVersion]).toEqual([journal(host).length, 1]);
    await soon(() => figure(host, "saved")).toBe(String(events));
    expect(await host.errors()).toEqual([]);
  });

  test("tell another plugin what happens, until it ends or throws", async () => {
    const host = await startCapturing(vault);
    const heard = await withApi(host, async (api) => {
      const seen: string[] = [];
      if (!api.supports("on:event") || api.supports("on:dreams")) return ["capabilities"];
      const ends = [
        api.on("event", ({ type }) => void seen.push(type)),
        api.on("canvas", ({ path, events }) => void seen.push(`${path} ${events.length}`)),
        api.on("event", () => {
          throw new Error("a bug of another plugin");
        }),
      ];
      await api.record({ type: "score_submitted", canvas: "Maths.canvas", node: "limits", score: 64 });
      await Promise.resolve();
      ends.forEach((end) => end());
      await api.record({ type: "score_submitted", canvas: "Maths.canvas", node: "limits", score: 65 });
      return seen;
    });
    expect(heard).toEqual(["score_submitted", "Maths.canvas 1"]);
    expect(await host.errors()).toEqual([expect.stringMatching(/a listener of another plugin for "event" failed: a bug of another plugin/)]);
  });

  test("index a folder as a task, and see it to its end in the panel", async () => {
    const cards = Array.from({ length: 40 }, (_, index) => [`Courses/c${index}.canvas`, canvasText({ id: "n", text: `Card ${index}` })] as const);
    const host = await startCapturing({ ...vault, ...Object.fromEntries(cards) });
    expect(await host.command("pause-tasks")).toBe(false);
    await host.command("index-folder");
    await host.page.locator(".prompt-input").fill("Courses");
    await host.page.locator(".prompt .suggestion-item").first().click();
    const row = panel(host).locator(".canvas-engram-task");
    await unfoldEnded(host);
    await soon(() => row.locator(".canvas-engram-task-state").textContent()).toBe("Done");
    expect(await row.locator(".canvas-engram-task-title").textContent()).toBe("Index: Courses");
    expect(await row.textContent()).toContain("40 of 40");
    expect(await row.locator("progress").isVisible()).toBe(false);
    const [task] = await withApi(host, async (api) => api.tasks.list());
    expect(task).toMatchObject({ kind: "index", status: "done", counts: { total: 40, done: 40 } });
    expect(types(journal(host)).filter((type) => type === "canvas_created")).toHaveLength(41);
    expect(await host.errors()).toEqual([]);
  });

  test("pause, resume and cancel tasks from the panel and with commands", async () => {
    const host = await startCapturing(vault);
    await withApi(host, async (api) => {
      const run = (item: unknown, { signal }: { signal: { onAbort(listener: () => void): void } }): Promise<null> =>
        new Promise((resolve) => (item === 0 ? resolve(null) : signal.onAbort(() => resolve(null))));
      await api.registerKind({ name: "wait", check: () => null, domainOf: () => "wait", keyOf: () => "one", costMs: () => 1, repeatable: true, run });
      await api.createBatch([0, 1, 2], { kind: "wait", title: "Wait" });
    });
    const row = panel(host).locator(".canvas-engram-task");
    const state = (): Promise<string | null> => row.locator(".canvas-engram-task-state").textContent();
    await soon(() => row.textContent()).toContain("1 of 3");
    await row.getByRole("button", { name: "Pause: Wait" }).click();
    await soon(state).toBe("Paused");
    await host.screenshot("plugin-task-light");
    expect(await row.locator("progress").getAttribute("aria-label")).toBe("Progress of Wait");
    await row.getByRole("button", { name: "Resume: Wait" }).focus();
    await host.page.keyboard.press("Enter");
    await soon(state).toBe("Running");
    await host.command("pause-tasks");
    await soon(state).toBe("Paused");
    await host.command("resume-tasks");
    await soon(state).toBe("Running");
    await host.command("cancel-tasks");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Cancel all" }).click();
    await unfoldEnded(host);
    await soon(state).toBe("Cancelled");
    expect(await host.command("cancel-tasks")).toBe(false);
    expect(await host.errors()).toEqual([]);
  });

  test("rebuild the local graph only after saying that nothing differs", async () => {
    const host = await startCapturing(vault);
    await host.command("rebuild-graph");
    await soon(() => host.notices()).toContain("The local graph is as the journal says: there is nothing to rebuild.");
    await host.command("verify");
    // One notice for what was begun close together, a line for each.
    await soon(async () => (await host.notices()).join("\n")).toContain("Files, local graph and Neo4j agree.");
    expect(await host.errors()).toEqual([]);
  });

  test("work on a phone, in a narrow panel, without a status bar", async () => {
    const host = await startPlugin(vault, { platform: "mobile", viewport: { width: 360, height: 720 } });
    await host.command("open-panel");
    await button(host, "Start").waitFor();
    await host.screenshot("plugin-phone-light");
    await button(host, "Start").click();
    await chipToBe(host, "All saved here");
    expect(await host.page.locator(".canvas-engram-status").count()).toBe(0);
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "2" }));
    await journaled(host, "color_changed");
    await panel(host).evaluate((element) => element.setCssStyles({ width: "250px" }));
    const wide = await panel(host).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBe(0);
    await host.screenshot("plugin-narrow-light", panel(host));
    await host.disablePlugin();
    expect(await host.lastingLeaks(4000)).toEqual([]);
    expect(await host.errors()).toEqual([]);
  });
});
