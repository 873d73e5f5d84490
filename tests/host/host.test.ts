import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { MANIFEST, endHostsAfterTests, expectNoErrors, sampleLog, startSample } from "./fixtures/sampleHost";
import { browserAvailable } from "./node/browser";

describe.skipIf(!browserAvailable())("plugins on the host", { timeout: 90_000 }, () => {
  endHostsAfterTests();

  test("a bundled plugin shows its panel and unloads without a trace", async () => {
    const host = await startSample({ "note.md": "# Note" });
    await host.enablePlugin();
    await host.page.locator(".sample-log").waitFor();
    expect(await host.page.locator(".status-bar-item.plugin-sample-plugin").textContent()).toBe("sample: idle");
    expect(await host.page.locator(".sample-log").evaluate((el) => getComputedStyle(el).color)).toBe("rgb(255, 0, 0)");
    await host.disablePlugin();
    expect(await host.lastingLeaks()).toEqual([]);
    expect(await host.page.locator(".sample-log").count()).toBe(0);
    await expectNoErrors(host);
  });

  test("create fires for every file before layout-ready, and the plugin is there first", async () => {
    const host = await startSample({ "a.canvas": "{}", "sub/b.md": "b", ".hidden/c.md": "c" });
    await host.enablePlugin();
    await host.reload();
    const lines = await sampleLog(host);
    expect(lines).toEqual([
      "constructed",
      "early create sub",
      "early create a.canvas 2",
      "early create sub/b.md 1",
      "ready with 2 files",
    ]);
    await expectNoErrors(host);
  });

  test("layout-ready waits when the test says so", async () => {
    const host = await startSample({}, { layoutReadyDelay: null });
    await host.enablePlugin();
    expect(await sampleLog(host)).toEqual(["constructed"]);
    await host.layoutReady();
    expect(await sampleLog(host)).toContain("ready with 0 files");
  });

  test("what a plugin leaves behind is named, with the line that made it", async () => {
    const mainJs = `
      const { Plugin } = require("obsidian");
      module.exports = class extends Plugin {
        onload() {
          window.setInterval(() => {}, 1000);
          window.setTimeout(() => {}, 60000);
          window.addEventListener("resize", () => {});
          this.app.vault.on("modify", () => {});
          document.body.createDiv("left-behind");
          new ResizeObserver(() => {}).observe(document.body);
          this.registerEvent(this.app.vault.on("create", () => {}));
          this.registerDomEvent(document, "click", () => {});
          const done = window.setTimeout(() => {}, 1);
          window.clearTimeout(done);
        }
      };`;
    const host = await startSample({}, { plugin: { manifest: MANIFEST, mainJs } });
    await host.enablePlugin();
    await host.disablePlugin();
    const leaks = await host.openLeaks();
    const kinds = leaks.map((leak) => leak.kind).sort();
    expect(kinds).toEqual(["ResizeObserver", "element", "event", "interval", "listener", "timeout"]);
    expect(leaks.find((leak) => leak.kind === "event")?.detail).toBe('Vault.on("modify")');
    expect(leaks.find((leak) => leak.kind === "timeout")?.stack).toContain("plugin:sample-plugin");
  });

  test("an open socket is a leak until it is closed", async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const mainJs = `
      const { Plugin } = require("obsidian");
      module.exports = class extends Plugin {
        onload() { this.socket = new WebSocket("ws://127.0.0.1:${port}"); }
        stop() { this.socket.close(); }
      };`;
    const host = await startSample({}, { plugin: { manifest: MANIFEST, mainJs } });
    await host.enablePlugin();
    expect((await host.openLeaks()).map((leak) => leak.kind)).toEqual(["WebSocket"]);
    await host.page.evaluate(() => {
      (window.__host.app.plugins.getPlugin("sample-plugin") as unknown as { stop: () => void }).stop();
    });
    expect(await host.lastingLeaks()).toEqual([]);
    silent.close();
  });

  test("what the host does not have throws on reading, also for an unknown export", async () => {
    const mainJs = `
      const obsidian = require("obsidian");
      module.exports = class extends obsidian.Plugin {
        onload() {
          const tries = [
            () => this.app.internalPlugins,
            () => this.app.vault.nonsense,
            () => this.app.workspace.nonsense,
            () => this.registerMarkdownPostProcessor,
            () => obsidian.MarkdownRenderer,
            () => obsidian.Nonsense,
            () => require("fs"),
          ];
          this.messages = tries.map((one) => {
            try { one(); return "no throw"; } catch (error) { return error.message; }
          });
          this.ownField === undefined;
          this.fine = "internalPlugins" in this.app;
        }
      };`;
    const host = await startSample({}, { plugin: { manifest: MANIFEST, mainJs } });
    await host.enablePlugin();
    const seen = await host.page.evaluate(() => {
      type Seen = { messages: string[]; fine: boolean };
      const plugin = window.__host.app.plugins.getPlugin("sample-plugin") as unknown as Seen;
      return { messages: plugin.messages, fine: plugin.fine };
    });
    expect(seen).toEqual({
      messages: [
        "App.internalPlugins does not exist on this host",
        "Vault.nonsense does not exist on this host",
        "Workspace.nonsense does not exist on this host",
        "Plugin.registerMarkdownPostProcessor is in the API but not on this host",
        "obsidian.MarkdownRenderer is in the API but not on this host",
        "obsidian.Nonsense: Obsidian exports no such value",
        'require("fs"): not on this host',
      ],
      fine: false,
    });
    expect(await host.errors()).toHaveLength(7);
  });

  test("the page has no Node and no global app", async () => {
    const host = await startSample();
    const types = await host.page.evaluate(() =>
      ["require", "process", "Buffer", "module", "global", "app"].map((name) => typeof Reflect.get(window, name)));
    expect(types).toEqual(Array(6).fill("undefined"));
  });

  test("nothing here has a name that Obsidian does not have", async () => {
    const host = await startSample();
    const coverage = await host.page.evaluate(() => window.__host.coverage());
    expect(coverage.invented).toEqual([]);
    expect(coverage.exports).toContain("MarkdownRenderer");
    expect(coverage.exports).not.toContain("TextFileView");
  });

  test("a failing onload unloads the plugin again and says so", async () => {
    const mainJs = `
      const { Plugin } = require("obsidian");
      module.exports = class extends Plugin {
        async onload() { this.addRibbonIcon("x", "Half", () => {}); throw new Error("broken"); }
      };`;
    const host = await startSample({}, { plugin: { manifest: MANIFEST, mainJs } });
    await expect(host.enablePlugin()).rejects.toThrow("broken");
    expect(await host.openLeaks()).toEqual([]);
  });

  test("mobile: no status bar, drawers, the other adapter", async () => {
    const host = await startSample({}, { platform: "mobile" });
    await host.enablePlugin();
    await host.page.locator(".workspace-drawer.mod-right .sample-log").waitFor();
    expect(await host.page.locator(".status-bar").count()).toBe(0);
    expect(await host.page.evaluate(() => window.__host.app.vault.adapter.constructor.name)).toBe("CapacitorAdapter");
    await host.disablePlugin();
    expect(await host.lastingLeaks()).toEqual([]);
    await expectNoErrors(host);
  });

  test("panes stay where they are over a restart and an update, and go when the user disables the plugin", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.page.locator(".mod-right-split .sample-log").waitFor();
    await host.updatePlugin();
    await host.page.locator(".mod-right-split .sample-log").waitFor();
    await host.page.evaluate(() => window.__host.app.workspace.requestSaveLayout().run());
    await host.reload();
    await host.page.locator(".mod-right-split .sample-log").waitFor();
    await host.disablePlugin();
    expect(await host.page.locator(".workspace-leaf-content[data-type=sample-panel]").count()).toBe(0);
    await expectNoErrors(host);
  });

  test("local storage and secrets are of this device and outlive a restart, not the vault's", async () => {
    const host = await startSample();
    await host.page.evaluate(() => {
      window.__host.app.saveLocalStorage("device", { id: 1 });
      window.__host.app.secretStorage.setSecret("db-password", "hunter2");
    });
    await host.reload();
    const kept = await host.page.evaluate(() => {
      const { app } = window.__host;
      const secrets = app.secretStorage;
      return [app.loadLocalStorage("device"), secrets.getSecret("db-password"), secrets.listSecrets()];
    });
    expect(kept).toEqual([{ id: 1 }, "hunter2", ["db-password"]]);
    const wrong = host.page.evaluate(() => window.__host.app.secretStorage.setSecret("Bad Id", "x"));
    await expect(wrong).rejects.toThrow("Invalid secret id");
  });

  test("quit waits for the tasks of plugins", async () => {
    const host = await startSample();
    await host.enablePlugin();
    expect(await host.quit()).toBe(true);
    expect(host.readFile(".obsidian/plugins/sample-plugin/quit.txt")).toBe("quit 1\n");
  });

  test("command line and obsidian:// handlers run, and refuse a second registration", async () => {
    const host = await startSample();
    await host.enablePlugin();
    expect(await host.cli("sample-plugin:status")).toBe("items: 2");
    await host.protocol("sample-plugin");
    expect(await sampleLog(host)).toContain("protocol sample-plugin");
  });

  test("two plugins live side by side, and one can reach the other", async () => {
    const host = await startSample();
    await host.enablePlugin();
    const mainJs = `
      const { Plugin } = require("obsidian");
      module.exports = class extends Plugin {
        onload() { this.other = this.app.plugins.plugins["sample-plugin"].manifest.name; }
      };`;
    await host.enablePlugin(host.installPlugin({ manifest: { ...MANIFEST, id: "second" }, mainJs }));
    const other = await host.page.evaluate(() =>
      (window.__host.app.plugins.getPlugin("second") as unknown as { other: string }).other);
    expect(other).toBe("Sample");
    await host.disablePlugin();
    expect(await host.page.evaluate(() => Object.keys(window.__host.app.plugins.plugins))).toEqual(["second"]);
  });

  test("plugins that use fetch are told of requestUrl", async () => {
    const mainJs = `
      const { Plugin } = require("obsidian");
      module.exports = class extends Plugin { onload() { void fetch("http://127.0.0.1:1/").catch(() => {}); } };`;
    const host = await startSample({}, { plugin: { manifest: MANIFEST, mainJs } });
    await host.enablePlugin();
    expect(await host.errors()).toContain("refused: fetch(http://127.0.0.1:1/): plugins use requestUrl");
  });

  test("a rejection that nobody handles is reported", async () => {
    const host = await startSample();
    await host.page.evaluate(() => void Promise.reject(new Error("forgotten")));
    await expect.poll(() => host.errors()).toEqual([expect.stringContaining("forgotten")]);
  });

  test("an error in the page is reported", async () => {
    const host = await startSample();
    await host.page.evaluate(() => void window.setTimeout(() => {
      throw new Error("boom");
    }, 0));
    await expect.poll(() => host.errors()).toEqual([expect.stringContaining("boom")]);
  });
});
