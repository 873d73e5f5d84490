import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { EngramApi } from "../../src/adapters/obsidian/pluginApi";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, chipToBe, closeHosts, journal, launchPlugin, panel, soon, startCapturing, startPlugin } from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Courses/Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
  "Private/Diary.canvas": canvasText({ id: "day", text: "A day" }),
  "Note.md": "---\nscore: 40\n---\nText\n",
};

const DATA = ".obsidian/plugins/canvas-engram/data.json";

/** What the page logs at its level for details. */
function details(host: ObsidianHost): readonly string[] {
  const lines: string[] = [];
  host.page.on("console", (message) => {
    if (message.type() === "debug") lines.push(message.text());
  });
  return lines;
}

/** Changes a canvas as another plugin would: the change is one of the details that can be logged. */
async function change(host: ObsidianHost): Promise<void> {
  await host.page.evaluate(async () => {
    const { api } = window.__host.app.plugins.getPlugin("canvas-engram") as unknown as { api: EngramApi };
    await api.mutate("Maths.canvas", [{ kind: "remove-node", id: "not there" }]);
  });
}

describe.skipIf(!browserAvailable())("the plugin between its start and its end", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("registers nothing when it is turned off while it reads its settings, and can be turned on again", async () => {
    const host = await launchPlugin(vault);
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    host.faults.add({ op: "any", path: DATA, times: 1, effect: { kind: "hold", until } });
    const enabling = host.enablePlugin();
    await soon(() => host.page.evaluate(() => Reflect.get(window.__host.app.plugins.getPlugin("canvas-engram") ?? {}, "_loaded") === true)).toBe(true);
    await host.page.evaluate((id) => window.__host.app.plugins.disablePlugin(id), "canvas-engram");
    release();
    await enabling;
    expect(await host.lastingLeaks(4000)).toEqual([]);
    expect(await host.page.locator(".canvas-engram-status").count()).toBe(0);
    expect((await host.commands()).filter((id) => id.startsWith("canvas-engram:"))).toEqual([]);
    await host.disablePlugin();
    await host.enablePlugin();
    await chipToBe(host, "Not started");
    expect(await host.errors()).toEqual([]);
  });

  test("says so when its panel cannot be opened, whatever was clicked", async () => {
    const host = await startCapturing(vault);
    await host.page.evaluate(() => {
      window.__host.app.workspace.ensureSideLeaf = () => Promise.reject(new Error("no room for a panel"));
    });
    await host.page.locator(".canvas-engram-status").click();
    await host.page.locator(".canvas-engram-ribbon").click();
    await host.command("open-panel");
    await soon(async () => (await host.notices()).filter((text) => text === "Canvas Engram: no room for a panel")).toHaveLength(3);
    expect(await host.errors()).toEqual([]);
  });

  test("closes its dialogs when it is turned off", async () => {
    const host = await startCapturing(vault);
    await host.command("import-journal");
    await host.command("remove-device-data");
    await soon(() => host.page.locator(".modal").count()).toBe(2);
    await host.disablePlugin();
    expect(await host.page.locator(".modal").count()).toBe(0);
    expect(await host.errors()).toEqual([]);
  });

  test("asks for the folders before the first index, counts what they hold, and reads no other", async () => {
    const host = await startPlugin(vault);
    const box = panel(host).locator(".canvas-engram-box");
    await soon(() => box.textContent()).toContain("3 canvases");
    const out = box.getByLabel("Not these folders");
    await out.fill("Private\\Diary");
    await box.getByText("Write each folder as the vault shows it").waitFor();
    await button(host, "Start").click();
    expect(await out.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true);
    await host.screenshot("plugin-folders-wrong-light");
    await out.fill("Private\nOld");
    await soon(() => box.textContent()).toContain("2 canvases");
    expect(await out.inputValue()).toBe("Private\nOld");
    expect(host.dataJson()).toMatchObject({ capture: { foldersIn: [], foldersOut: ["Private", "Old"] }, indexConsent: "unasked" });
    expect(journal(host)).toEqual([]);
    await host.screenshot("plugin-folders-light");
    await host.setTheme("dark");
    await host.screenshot("plugin-folders-dark");
    await box.getByLabel("Only these folders").fill("Courses");
    await button(host, "Start").click();
    await chipToBe(host, "All saved here");
    expect(journal(host).filter((line) => line.type === "canvas_created").map((line) => line.canvas?.path)).toEqual(["Courses/Physics.canvas"]);
    expect(await host.errors()).toEqual([]);
  });

  test("logs details as soon as the setting asks for it, and no longer", async () => {
    const host = await startCapturing(vault);
    const lines = details(host);
    const level = async (to: string): Promise<void> => {
      await host.openSettings();
      await host.setDropdown("Log level", to);
      await soon(() => host.dataJson()).toMatchObject({ diagnostics: { logLevel: to } });
      if (to === "debug") await host.screenshot("plugin-settings-diagnostics-light");
      await host.closeSettings();
    };
    await change(host);
    await level("debug");
    await change(host);
    await level("warn");
    await change(host);
    await host.page.evaluate(() => {
      console.debug("the end");
    });
    await soon(() => lines.at(-1)).toBe("the end");
    expect(lines.filter((line) => line.includes("lock acquired") && line.includes("another plugin"))).toHaveLength(1);
    expect(await host.errors()).toEqual([]);
  });

  test("does not take old properties for those of a note whose text is newer", async () => {
    const host = await startCapturing(vault, { assume: { readsQueued: false } });
    // Obsidian's own look at the note, which never comes to its end here.
    const never = new Promise<void>(() => undefined);
    host.faults.add({ op: "read", path: "Note.md", times: 1, effect: { kind: "hold", until: never } });
    host.writeFile("Note.md", "---\nscore: 75\n---\nText\n", Date.now() + 2000);
    await soon(() => host.page.evaluate(() => window.__host.app.vault.getFileByPath("Note.md")?.stat.mtime ?? 0)).toBeGreaterThan(Date.now());
    await host.command("sync-now");
    await soon(async () => (await host.notices()).some((text) => text.includes("read 3 canvases"))).toBe(true);
    expect(journal(host).filter((line) => line.type === "score_submitted").map((line) => line.data["score"])).toEqual([40, 75]);
    expect(await host.errors()).toEqual([]);
  });
});
