import { describe, expect, test } from "vitest";
import { endHostsAfterTests, expectNoErrors, sampleLog, startSample } from "./fixtures/sampleHost";
import { browserAvailable } from "./node/browser";

describe.skipIf(!browserAvailable())("settings, commands and dialogs on the host", { timeout: 90_000 }, () => {
  endHostsAfterTests();

  test("declarative rows draw their controls, and clicks and keys end in data.json on the disk", async () => {
    const host = await startSample({ "inbox/a.md": "" });
    await host.enablePlugin();
    await host.openSettings();
    await host.screenshot("host-settings-light");
    await host.setToggle("Enabled", true);
    await host.setText("URI", "bolt://db");
    await host.setText("Batch size", "300");
    await host.setDropdown("Mode", "slow");
    const wanted = { enabled: true, uri: "bolt://db", batch: 300, mode: "slow" };
    await expect.poll(() => host.dataJson()).toMatchObject(wanted);
    await host.setTheme("dark");
    await host.screenshot("host-settings-dark");
    await host.closeSettings();
    await expectNoErrors(host);
  });

  test("a value that does not pass its check shows the reason and is not kept", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.openSettings();
    await host.setToggle("Enabled", true);
    await host.setText("URI", "http://db");
    const error = host.setting("URI").locator(".setting-item-error");
    await error.waitFor();
    expect(await error.textContent()).toBe("Must begin with bolt://");
    await host.setText("Batch size", "0");
    await host.setting("Batch size").locator(".setting-item-error").waitFor();
    await host.setText("URI", "bolt://ok");
    await error.waitFor({ state: "detached" });
    await expect.poll(() => host.dataJson()).toMatchObject({ uri: "bolt://ok", batch: 200 });
  });

  test("predicates follow the values, lists and pages answer to clicks", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.openSettings();
    expect(await host.setting("URI").isVisible()).toBe(false);
    await host.setToggle("Enabled", true);
    await host.setting("URI").waitFor();
    await host.setting("one").locator('[aria-label="Delete"]').click();
    await host.page.locator('.setting-group [aria-label="Add item"]').click();
    await expect.poll(() => host.dataJson()).toMatchObject({ items: ["two", "new"] });
    await host.setting("More").click();
    await host.setToggle("Deep", false);
    await host.page.locator(".setting-page-back").click();
    await host.setting("URI").waitFor({ state: "hidden" });
    await host.setting("Test").click();
    expect(await host.notices()).toEqual(["Tested"]);
  });

  test("a secret is kept out of data.json", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.openSettings();
    await host.setSecret("Password", "neo4j-password", "hunter2");
    await expect.poll(() => host.dataJson()).toMatchObject({ secret: "neo4j-password" });
    expect(host.readFile(".obsidian/plugins/sample-plugin/data.json")).not.toContain("hunter2");
    const kept = await host.page.evaluate(() => window.__host.app.secretStorage.getSecret("neo4j-password"));
    expect(kept).toBe("hunter2");
  });

  test("data.json changed by another program is told to the plugin, its own writes are not", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.openSettings();
    await host.setToggle("Enabled", true);
    await expect.poll(() => host.dataJson()).toMatchObject({ enabled: true });
    host.writeFile(".obsidian/plugins/sample-plugin/data.json", '{"items":["x","y","z"]}', Date.now() + 5000);
    await expect.poll(() => sampleLog(host)).toContain("external settings");
    expect(await host.cli("sample-plugin:status")).toBe("items: 3");
    expect((await sampleLog(host)).filter((line) => line === "external settings")).toHaveLength(1);
  });

  test("a broken data.json loads as undefined, a missing one as null, and a failed write is swallowed", async () => {
    const host = await startSample();
    await host.enablePlugin();
    const load = (): Promise<unknown> => host.page.evaluate(async () => {
      const data = await window.__host.app.plugins.getPlugin("sample-plugin")?.loadData();
      return data === undefined ? "undefined" : data;
    });
    expect(await load()).toBeNull();
    host.writeFile(".obsidian/plugins/sample-plugin/data.json", "{ torn");
    expect(await load()).toBe("undefined");
    await host.clearErrors();
    host.faults.add({ op: "write", effect: { kind: "error", code: "ENOSPC" } });
    await host.page.evaluate(() => window.__host.app.plugins.getPlugin("sample-plugin")?.saveData({ a: 1 }));
    expect(host.readFile(".obsidian/plugins/sample-plugin/data.json")).toBe("{ torn");
    const failures = (await host.errors()).filter((line) => !line.includes("SyntaxError"));
    expect(failures, "the host may look at the torn file at any time, and tells that too").toEqual([
      expect.stringContaining("ENOSPC"),
    ]);
  });

  test("the palette offers what can run now, and runs it", async () => {
    const host = await startSample();
    await host.enablePlugin();
    expect(await host.commands()).toEqual(["sample-plugin:open-panel"]);
    expect(await host.command("discard")).toBe(false);
    await host.openSettings();
    await host.setToggle("Enabled", true);
    await host.closeSettings();
    await host.palette("discard");
    await host.page.locator(".modal.mod-confirmation, .mod-confirmation .modal").waitFor();
    await host.page.getByRole("button", { name: "Discard" }).click();
    expect(await host.notices()).toContain("Discarded");
    expect(await host.page.locator(".modal-container").count()).toBe(0);
  });

  test("Escape closes a dialog, and cancel does too", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.openSettings();
    await host.setToggle("Enabled", true);
    await host.page.keyboard.press("Escape");
    expect(await host.page.locator(".modal-container").count()).toBe(0);
    await host.command("discard");
    await host.page.getByRole("button", { name: "Cancel" }).click();
    expect(await host.page.locator(".modal-container").count()).toBe(0);
    expect(await host.notices()).toEqual([]);
  });

  test("settings can be searched by name", async () => {
    const host = await startSample();
    await host.enablePlugin();
    await host.openSettings();
    await host.page.locator(".vertical-tab-header input[type=search]").fill("batch");
    expect(await host.page.locator(".setting-search-result").allTextContents()).toEqual(["Sample: Batch size"]);
  });

  test("a folder control suggests folders of the vault", async () => {
    const host = await startSample({ "inbox/a.md": "", "other/b.md": "" });
    await host.enablePlugin();
    await host.openSettings();
    await host.setting("Folder").locator("input").click();
    await host.page.locator(".suggestion-item", { hasText: "inbox" }).click();
    await expect.poll(() => host.dataJson()).toMatchObject({ folder: "inbox" });
  });
});
