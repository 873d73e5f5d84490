import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { canvasText, closeHosts, panel, soon, startCapturing, unfoldEnded } from "./pluginHost";

const vault = {
  "Courses/Maths.canvas": canvasText({ id: "limits", text: "Limits" }),
  "Courses/Physics.canvas": canvasText({ id: "force", text: "Force" }),
  "Old.canvas": canvasText({ id: "past", text: "Past" }),
};

type Locator = ReturnType<ObsidianHost["page"]["locator"]>;

function modal(host: ObsidianHost): Locator {
  return host.page.locator(".modal").last();
}

function field(host: ObsidianHost, name: string): Locator {
  return modal(host).locator(".setting-item", { has: host.page.locator(".setting-item-name", { hasText: new RegExp(`^${name}$`) }) });
}

async function choose(host: ObsidianHost, name: string, label: string): Promise<void> {
  await field(host, name).locator("select").selectOption({ label });
}

async function press(host: ObsidianHost, label: string): Promise<void> {
  await modal(host).getByRole("button", { name: label, exact: true }).click();
}

async function openPage(host: ObsidianHost, name: string): Promise<void> {
  await host.openSettings();
  await host.setting(name).click();
}

describe.skipIf(!browserAvailable())("schedules and templates", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("a schedule is made with its next runs in sight, and is paused and deleted in the settings", async () => {
    const host = await startCapturing(vault);
    await host.palette("Canvas Engram: New schedule");
    await choose(host, "Task", "Weekly export");
    await field(host, "folder").locator("input").fill("Exports");
    const time = field(host, "Time").locator("input");
    expect(await time.inputValue()).toBe("0 18 * * FRI");
    await time.fill("61 9 * * MON-FRI");
    await modal(host).getByText("The minute must be from 0 to 59, and 61 is not.").waitFor();
    expect(await modal(host).locator(".canvas-engram-runs li").count()).toBe(0);
    await time.fill("0 9 * * MON-FRI");
    await soon(() => modal(host).locator(".canvas-engram-runs li").count()).toBe(5);
    await choose(host, "Missed runs", "Skip them");
    await field(host, "Wait after the start").locator("input").fill("400");
    await modal(host).getByText("from 0 to 300").waitFor();
    await field(host, "Wait after the start").locator("input").fill("10");
    await host.screenshot("plugin-schedule-light");
    await press(host, "Add");
    await soon(async () => (await host.notices()).some((text) => text.startsWith("Scheduled: Export to Exports, first on "))).toBe(true);
    expect(host.dataJson()).toMatchObject({ schedules: { startJitterS: 10 } });

    await openPage(host, "Schedules of this device");
    const row = host.setting("Export to Exports");
    await soon(() => row.textContent()).toMatch(/0 9 \* \* MON-FRI\. Next: /);
    await host.screenshot("plugin-settings-schedules-light");
    await row.getByLabel("Pause").click();
    await soon(() => row.textContent()).toContain("Paused.");
    await row.getByLabel("Resume").click();
    await soon(() => row.textContent()).toContain("Next: ");
    await row.getByLabel("Delete").click();
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Delete" }).click();
    await soon(() => row.count()).toBe(0);
    expect(await host.errors()).toEqual([]);
  });

  test("a schedule of a kind says what is wrong with its items and keeps what was typed", async () => {
    const host = await startCapturing(vault);
    await openPage(host, "Schedules of this device");
    await host.setting("New schedule…").click();
    await field(host, "Time").locator("input").fill("@hourly");
    await choose(host, "Task", "index (kind)");
    await field(host, "Title").locator("input").fill("Hourly look");
    expect(await field(host, "Time").locator("input").inputValue()).toBe("@hourly");
    await field(host, "Items").locator("textarea").fill("[{");
    await press(host, "Add");
    await modal(host).getByText("The items are no JSON list").waitFor();
    await field(host, "Items").locator("textarea").fill('[{"canvas": "note.md"}]');
    await press(host, "Add");
    await modal(host).getByText("does not end with .canvas").waitFor();
    await field(host, "Items").locator("textarea").fill('[{"canvas": "Old.canvas"}]');
    await press(host, "Add");
    await soon(() => host.setting("Hourly look").count()).toBe(1);
    expect(await host.errors()).toEqual([]);
  });

  test("a template is run with what it asks for, from the palette", async () => {
    const host = await startCapturing(vault);
    await host.palette("Canvas Engram: Run template");
    await host.page.locator(".prompt-input").fill("Study session");
    await host.page.locator(".prompt .suggestion-item").first().click();
    await press(host, "Run");
    await modal(host).getByText("Enter a text.").waitFor();
    await field(host, "folder").locator("input").fill("Courses");
    await host.page.keyboard.press("Enter");
    const row = panel(host).locator(".canvas-engram-task");
    await unfoldEnded(host);
    await soon(() => row.locator(".canvas-engram-task-state").textContent()).toBe("Done");
    expect(await row.locator(".canvas-engram-task-title").textContent()).toBe("Study session in Courses");
    expect(await host.notices()).toContain("Study session in Courses: started. The panel shows how far it is.");
    expect(await host.errors()).toEqual([]);
  });

  test("a task is saved as a template, which is changed, started and deleted in the settings", async () => {
    const host = await startCapturing(vault);
    await host.command("index-folder");
    await host.page.locator(".prompt-input").fill("Courses");
    await host.page.locator(".prompt .suggestion-item").first().click();
    const rows = panel(host).locator(".canvas-engram-task");
    await unfoldEnded(host);
    await soon(() => rows.locator(".canvas-engram-task-state").textContent()).toBe("Done");
    await rows.getByRole("button", { name: "Save as template…: Index: Courses" }).click();
    await field(host, "Name").locator("input").fill("My courses");
    await host.screenshot("plugin-template-light");
    await press(host, "Save");
    await soon(() => host.dataJson()).toMatchObject({
      templates: { saved: { "my-courses": { name: "My courses", kind: "index", items: [{ canvas: "Courses/Maths.canvas" }, { canvas: "Courses/Physics.canvas" }] } } },
    });

    await openPage(host, "Templates of tasks");
    await host.setting("My courses").getByLabel("Edit").click();
    await field(host, "Items").locator("textarea").fill('[{"folder": "{{folder}}"}]');
    await field(host, "Name").locator("input").fill("");
    await press(host, "Save");
    await modal(host).getByText("Give the template a name.").waitFor();
    await field(host, "Name").locator("input").fill("Any course");
    await press(host, "Save");
    const row = host.setting("Any course");
    await soon(() => row.textContent()).toContain("Asks for {{folder}}.");
    await row.getByLabel("Start").click();
    await field(host, "folder").locator("input").fill("Nowhere");
    await press(host, "Run");
    await modal(host).getByText('There is no canvas in the folder "Nowhere".').waitFor();
    await field(host, "folder").locator("input").fill("Courses");
    await press(host, "Run");
    await soon(() => rows.count()).toBe(2);
    await row.getByLabel("Remove").click();
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Delete" }).click();
    await soon(() => row.count()).toBe(0);
    await soon(() => (host.dataJson() as { templates: { saved: object } }).templates.saved).toEqual({});
    expect(await host.errors()).toEqual([]);
  });
});
