import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, chipToBe, closeHosts, figure, journal, journaled, panel, soon, startCapturing, startPlugin, types } from "./pluginHost";
import type { JournalLine } from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Courses/Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
  "Courses/Lab/Optics.canvas": canvasText({ id: "lens", text: "Lens" }),
  "Private/Diary.canvas": canvasText({ id: "day", text: "A day" }),
};

const DATA = ".obsidian/plugins/canvas-engram/data.json";

/** A vault that is captured but for the folder `Private`. */
async function startWithPrivate(options: Parameters<typeof startPlugin>[1] = {}): Promise<ObsidianHost> {
  const host = await startPlugin(vault, options);
  await host.openSettings();
  await host.setText("Not these folders", "Private");
  await soon(() => host.dataJson()).toMatchObject({ capture: { foldersOut: ["Private"] } });
  await host.closeSettings();
  await button(host, "Start").click();
  await chipToBe(host, "All saved here");
  expect(paths(host)).not.toContain("Private/Diary.canvas");
  return host;
}

const paths = (host: ObsidianHost): readonly (string | undefined)[] => journal(host).map((line) => line.canvas?.path);

const vaults = (lines: readonly JournalLine[]): readonly unknown[] => [...new Set(lines.map((line) => Reflect.get(line, "vault") as unknown))];

/** Whether another instance of the plugin asked for the device's folder in this window since the last look. */
function isWaiting(host: ObsidianHost): Promise<boolean> {
  return host.page.evaluate(() => {
    const turns: unknown = Reflect.get(window, Symbol.for("canvas-engram"));
    const last: unknown = turns instanceof Map ? [...turns.values()].at(-1) : undefined;
    const isNew = last !== Reflect.get(window, "lastTurn");
    Reflect.set(window, "lastTurn", last);
    return isNew;
  });
}

/** The errors beside those that the app itself logs of a file that is no JSON. */
async function errorsBeside(host: ObsidianHost): Promise<readonly string[]> {
  return (await host.errors()).filter((error) => !error.includes("SyntaxError"));
}

describe.skipIf(!browserAvailable())("the plugin in trouble", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("keeps the vault's identity and captures nothing when data.json is torn at start", async () => {
    const host = await startWithPrivate();
    const before = journal(host);
    const identity = vaults(before);
    await host.crash();
    const torn = host.readFile(DATA).slice(0, 120);
    host.writeFile(DATA, torn);
    await host.reload();
    await chipToBe(host, "Not capturing");
    expect(await panel(host).locator(".canvas-engram-box-title").textContent()).toBe("The settings were lost");
    expect((await host.notices()).join()).toContain("data.json.broken");
    await host.screenshot("plugin-settings-lost-light");
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }));
    await host.reconcile();
    await host.command("sync-now");
    await soon(() => host.notices()).toContain("Canvas Engram is not capturing this vault. Start it in its panel.");
    expect(journal(host)).toEqual(before);
    expect([host.readFile(DATA), host.readFile(`${DATA}.broken`)]).toEqual([torn, torn]);

    await host.openSettings();
    await host.setText("Not these folders", "Private");
    await soon(() => host.readFile(DATA)).toContain('"Private"');
    await host.closeSettings();
    await button(host, "Start").click();
    await journaled(host, "color_changed");
    await chipToBe(host, "All saved here");
    expect(vaults(journal(host))).toEqual(identity);
    expect(paths(host)).not.toContain("Private/Diary.canvas");
    expect(host.dataJson()).toMatchObject({ vault: identity[0], indexConsent: "granted" });
    expect(await errorsBeside(host)).toEqual([]);
  });

  test("starts nothing and writes nothing when data.json is torn and no history says which vault this is", async () => {
    const host = await startPlugin(vault);
    await chipToBe(host, "Not started");
    await host.crash();
    host.writeFile(DATA, "{");
    await host.reload();
    await host.command("open-panel");
    await chipToBe(host, "Not running");
    expect(await panel(host).locator(".canvas-engram-box-lines").textContent()).toContain("data.json is damaged");
    await host.openSettings();
    await host.setText("Batches at once", "4");
    await soon(async () => (await host.notices()).join()).toContain("data.json is damaged");
    expect(host.readFile(DATA)).toBe("{");
    expect(journal(host)).toEqual([]);
    expect(await errorsBeside(host)).toEqual([expect.stringContaining("data.json is damaged")]);
  });

  test("keeps its settings when another program tears data.json", async () => {
    const host = await startWithPrivate();
    const good = host.readFile(DATA);
    for (const torn of [good.slice(0, 200), ""]) {
      host.writeFile(DATA, torn, Date.now() + 5000);
      await soon(async () => (await host.notices()).filter((text) => text.includes("settings file cannot be read"))).toHaveLength(1);
    }
    host.writeFile("Private/S.canvas", canvasText({ id: "s", text: "Secret" }));
    host.writeFile("Open.canvas", canvasText({ id: "o", text: "Open" }));
    await journaled(host, "canvas_created", (line) => line.canvas?.path === "Open.canvas");
    await host.command("sync-now");
    await soon(async () => (await host.notices()).some((text) => text.includes("read 4 canvases"))).toBe(true);
    expect(paths(host).filter((path) => path?.startsWith("Private/"))).toEqual([]);
    await host.openSettings();
    await host.setText("Batches at once", "4");
    await soon(() => host.readFile(DATA)).toContain('"concurrency": 4');
    expect(host.dataJson()).toMatchObject({ vault: (JSON.parse(good) as { vault: string }).vault, capture: { foldersOut: ["Private"] } });
    expect(await errorsBeside(host)).toEqual([]);
  });

  test("updated while a line is being written, opens only when that is done", async () => {
    const host = await startCapturing(vault, { assume: { readsQueued: false } });
    let [writing, reading, write] = [false, false, (): void => undefined];
    const until = new Promise<void>((resolve) => (write = resolve));
    const line = {
      kind: "hold" as const,
      get until() {
        writing = true;
        return until;
      },
    };
    const opening = {
      kind: "delay" as const,
      get ms() {
        reading = true;
        return 0;
      },
    };
    host.faults.add({ op: "append", path: /journal[/]\d+/, times: 1, effect: line });
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }, { id: "series", text: "Series", color: "1" }));
    await soon(() => writing).toBe(true);
    host.faults.add({ op: "read", path: /journal[/]\d+/, effect: opening });
    await isWaiting(host);
    // Without keeping the list of plugins, which would wait behind the line in the adapter's queue.
    await host.page.evaluate(async (id) => {
      const { plugins } = window.__host.app;
      await plugins.disablePlugin(id);
      await plugins.enablePlugin(id);
    }, "canvas-engram");
    // It opens too early, or stands in the line of those who want the folder.
    await soon(async () => reading || (await isWaiting(host))).toBe(true);
    await chipToBe(host, "Starting…");
    expect(reading).toBe(false);
    host.writeFile("Courses/Physics.canvas", canvasText({ id: "force", text: "Force", color: "5" }));
    write();
    await chipToBe(host, "All saved here");
    await soon(() => types(journal(host)).filter((type) => type === "color_changed")).toHaveLength(2);
    expect(new Set(journal(host).map((line) => line.seq)).size).toBe(journal(host).length);
    await soon(() => figure(host, "saved")).toBe(String(journal(host).length));
    expect(await host.errors()).toEqual([]);
  });

  test("waits while another window has the vault, says so, and goes on when that is gone", async () => {
    const host = await startCapturing(vault);
    const [device = ""] = readdirSync(join(host.vaultDir, ".obsidian/plugins/canvas-engram/devices"));
    await host.disablePlugin();
    await host.page.evaluate(async (name) => {
      await new Promise<void>((resolve) => {
        const gone = new Promise<void>((go) => Reflect.set(window, "closeOther", go));
        void navigator.locks.request(name, () => {
          resolve();
          return gone;
        });
      });
    }, `canvas-engram/${device}`);
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }, { id: "series", text: "Series", color: "1" }));
    const before = journal(host);
    await host.enablePlugin();
    await chipToBe(host, "Waiting for another window");
    expect(await panel(host).locator(".canvas-engram-box-title").textContent()).toBe("Another window has this vault");
    await host.screenshot("plugin-waiting-light");
    expect(journal(host)).toEqual(before);
    await host.page.evaluate(() => (Reflect.get(window, "closeOther") as () => void)());
    await chipToBe(host, "All saved here");
    await journaled(host, "color_changed");
    expect(await host.errors()).toEqual([]);
  });

  test("runs on when the data of this device cannot be removed", async () => {
    const host = await startCapturing(vault);
    const before = journal(host);
    host.faults.add({ op: "rmdir", path: ".obsidian/plugins/canvas-engram/devices", effect: { kind: "error", code: "EBUSY" } });
    await host.command("remove-device-data");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Remove" }).click();
    await soon(async () => (await host.notices()).join()).toMatch(/could not be kept: .*\(EBUSY\)/);
    await chipToBe(host, "All saved here");
    expect(journal(host)).toEqual(before);
    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }));
    await journaled(host, "color_changed");
    await soon(() => figure(host, "saved")).toBe(String(journal(host).length));
    expect(new Set(journal(host).map((line) => line.seq)).size).toBe(journal(host).length);
    expect(await host.errors()).toEqual([]);
  });

  test("says after a stop that not everything was read, and reads on when asked", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.canvas`, canvasText({ id: "a", text: `${index}` })]));
    const host = await startCapturing(many);
    await host.crash();
    for (const path of Object.keys(many)) host.writeFile(path, canvasText({ id: "a", text: "changed", color: "4" }));
    host.faults.add({ op: "read", path: /^\d+\.canvas$/, skip: 8, effect: { kind: "delay", ms: 300 } });
    await host.reload();
    await chipToBe(host, /^Reading \d+ of 30$/);
    await button(host, "Stop").click();
    await chipToBe(host, "Not everything was read");
    host.faults.clear();
    await host.screenshot("plugin-stopped-light");
    await button(host, "Sync now").click();
    await chipToBe(host, "All saved here");
    expect(types(journal(host)).filter((type) => type === "color_changed")).toHaveLength(30);
    expect(await host.errors()).toEqual([]);
  });

  test.each(["folder-first", "children-first", "folder-only"] as const)(
    "takes a folder that moves into one that is kept out for deleted, told %s",
    async (folderRenameEvents) => {
      const host = await startWithPrivate({ assume: { folderRenameEvents } });
      const move = (from: string, to: string): Promise<void> =>
        host.page.evaluate(
          async ([path, target]) => {
            const { fileManager, vault: files } = window.__host.app;
            const file = files.getAbstractFileByPath(path);
            if (file !== null) await fileManager.renameFile(file, target);
          },
          [from, to] as const,
        );
      await move("Courses", "Private/Courses");
      await journaled(host, "canvas_deleted", (line) => line.canvas?.path === "Courses/Physics.canvas");
      await journaled(host, "canvas_deleted", (line) => line.canvas?.path === "Courses/Lab/Optics.canvas");
      await move("Maths.canvas", "Private/Maths.canvas");
      await journaled(host, "canvas_deleted", (line) => line.canvas?.path === "Maths.canvas");
      expect(types(journal(host))).not.toContain("canvas_renamed");
      await move("Private/Courses", "Lectures");
      await journaled(host, "canvas_created", (line) => line.canvas?.path === "Lectures/Lab/Optics.canvas");
      expect(paths(host).filter((path) => path?.startsWith("Private/"))).toEqual([]);
      expect(existsSync(join(host.vaultDir, "Lectures/Physics.canvas"))).toBe(true);
      expect(await host.errors()).toEqual([]);
    },
  );
});
