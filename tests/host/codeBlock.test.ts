import { afterEach, describe, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObsidianHost } from "./launch";
import { canvasText, closeHosts, journaled, soon, startCapturing } from "./pluginHost";

afterEach(closeHosts);

const cards = [
  { id: "n1", text: "Limits", color: "1" },
  { id: "n2", text: "Derivatives", color: "3" },
];

const block = (...lines: readonly string[]): string => ["```canvas-engram", ...lines, "```", ""].join("\n");

const due = "---\nsr-due: 2020-01-31\nsr-interval: 3\nsr-ease: 250\n---\nA note to review.\n";

function shown(host: ObsidianHost, index = 0): ReturnType<ObsidianHost["page"]["locator"]> {
  return host.page.locator(".canvas-engram-block").nth(index);
}

async function open(host: ObsidianHost, path: string): Promise<void> {
  await host.page.evaluate(async (name) => {
    const { app } = window.__host;
    const file = app.vault.getFileByPath(name);
    if (file !== null) await app.workspace.getLeaf(false).openFile(file);
  }, path);
}

async function recolor(host: ObsidianHost, id: string, color: string): Promise<void> {
  writeFileSync(join(host.vaultDir, "Maths.canvas"), canvasText(...cards.map((card) => (card.id === id ? { ...card, color } : card))));
  await journaled(host, "color_changed", ({ data, subject }) => subject.id === id && data["newColor"] === color);
}

describe("code blocks of notes", () => {
  it("show figures, what is due and timelines, and follow what happens", async () => {
    const note = ["# Today", block("show: stats"), block("show: due"), block("show: timeline", "canvas: [[Maths.canvas]]", "limit: 5")].join("\n");
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards), "Today.md": note, "Review me.md": due });
    await journaled(host, "review_rated");
    await open(host, "Today.md");
    await soon(() => shown(host, 0).textContent()).toMatch("Last 7 days");
    await soon(() => shown(host, 1).textContent()).toMatch(/Review me.*late, Fri, Jan 31, 2020/);
    await soon(() => shown(host, 2).textContent()).toMatch(/Maths.*Canvas first seen/);
    await recolor(host, "n1", "4");
    await soon(() => shown(host, 0).textContent()).toMatch("1 change");
    await soon(() => shown(host, 2).textContent()).toMatch(/Limits.*Not understood → Understood/);
    await host.screenshot("block-note");

    await shown(host, 2).getByRole("button", { name: "Show Limits on Maths.canvas" }).click();
    await soon(() => host.page.evaluate(() => window.__host.app.workspace.getActiveFile()?.path)).toBe("Maths.canvas");
    await soon(() => shown(host, 0).count()).toBe(0);
  });

  it("name the line that is wrong, and are put right while the note is edited", async () => {
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards), "Note.md": block("show: stats", "days: many") });
    await open(host, "Note.md");
    await soon(() => shown(host).textContent()).toBe("This block cannot be shownLine 2: days must be a whole number from 1 to 31; it is “many”.");
    await host.screenshot("block-fault");
    await host.page.locator(".markdown-source-view").fill(block("show: stats", "days: 14", "canvas: Maths"));
    await soon(() => shown(host).textContent()).toMatch("Maths · Last 14 days");
  });

  it("ask nothing while they are out of sight", async () => {
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards), "Note.md": block("show: stats") });
    await open(host, "Note.md");
    await soon(() => shown(host).textContent()).toMatch("0 changes");
    await host.page.locator(".markdown-rendered").evaluate((el) => el.classList.add("host-out-of-sight"));
    await host.page.addStyleTag({ content: ".host-out-of-sight { display: none; }" });
    // The observer tells of it with a frame.
    await host.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await recolor(host, "n1", "4");
    await recolor(host, "n1", "5");
    expect(await shown(host).textContent()).toMatch("0 changes");
    await host.page.locator(".markdown-rendered").evaluate((el) => el.classList.remove("host-out-of-sight"));
    await soon(() => shown(host).textContent()).toMatch("2 changes");
  });

  it("end with the plugin and leave nothing running", async () => {
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards), "Note.md": block("show: stats") });
    await open(host, "Note.md");
    await soon(() => shown(host).textContent()).toMatch("0 changes");
    await host.disablePlugin();
    expect(await host.errors()).toEqual([]);
  });
});
