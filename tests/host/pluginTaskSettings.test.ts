import { afterAll, afterEach, describe, expect, test } from "vitest";
import { browserAvailable, closeBrowser } from "./node/browser";
import { closeHosts, soon, startPlugin } from "./pluginHost";

const template = { name: "My week", kind: "index", title: "{{folder}}", priority: "LOW", items: [{ folder: "{{folder}}" }], cron: "@daily" };

describe.skipIf(!browserAvailable())("the settings of what surrounds tasks", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("are off, checked at the field, and kept without the secret", async () => {
    const host = await startPlugin({});
    await host.openSettings();
    expect(host.dataJson()).toMatchObject({
      webhook: { enabled: false, url: "", secretId: "" },
      notices: { quiet: false, scheduled: false, system: false },
    });
    await host.setText("Webhook address", "http://example.com/hook");
    await host.setting("Webhook address").getByText("Use https://.").waitFor();
    await host.screenshot("plugin-settings-webhook-light");
    await host.setText("Webhook address", "https://example.com/hook");
    await host.setSecret("Webhook secret", "hook", "correct horse");
    await host.setToggle("Tell another program", true);
    await host.setToggle("Quiet mode", true);
    await host.setText("Wait after the start", "5");
    await soon(() => host.dataJson()).toMatchObject({
      webhook: { enabled: true, url: "https://example.com/hook", secretId: "hook" },
      notices: { quiet: true },
      schedules: { startJitterS: 5 },
    });
    expect(JSON.stringify(host.dataJson())).not.toContain("correct horse");
    expect(await host.errors()).toEqual([]);
  });

  test("list the templates, and remove one that was saved", async () => {
    const host = await startPlugin({});
    const data = host.dataJson() as Record<string, unknown>;
    host.writeFile(".obsidian/plugins/canvas-engram/data.json", JSON.stringify({ ...data, templates: { saved: { mine: template, odd: 7 } } }));
    await soon(async () => {
      await host.openSettings();
      await host.setting("Templates of tasks").click();
      const shown = await host.setting("My week").count();
      if (shown === 0) await host.closeSettings();
      return shown;
    }).toBe(1);
    await host.screenshot("plugin-settings-templates-light");
    expect(await host.setting("Weekly export").textContent()).toContain("Asks for {{folder}}.");
    expect(await host.setting("Weekly export").getByLabel("Remove").count()).toBe(0);
    await host.setting("My week").getByLabel("Remove").click();
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Delete" }).click();
    await soon(() => host.dataJson()).toMatchObject({ templates: { saved: { odd: 7 } } });
    await soon(() => host.setting("My week").count()).toBe(0);
    expect(await host.errors()).toEqual([]);
  });
});
