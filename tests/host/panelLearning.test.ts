import { afterEach, describe, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObsidianHost } from "./launch";
import { button, canvasText, closeHosts, journaled, openTab, panel, soon, startCapturing, startPlugin } from "./pluginHost";

afterEach(closeHosts);

const cards = [
  { id: "n1", text: "Limits" },
  { id: "n2", text: "Derivatives", color: "1" },
  { id: "n3", text: "Integrals", color: "3" },
];

/** Changes the colours of cards as another program does. */
async function recolor(host: ObsidianHost, colors: Readonly<Record<string, string>>, name = "Maths.canvas"): Promise<void> {
  const text = canvasText(...cards.map((card) => ({ ...card, ...(colors[card.id] === undefined ? {} : { color: colors[card.id] as string }) })));
  writeFileSync(join(host.vaultDir, name), text);
  for (const [id, color] of Object.entries(colors)) await journaled(host, "color_changed", ({ data, subject }) => subject.id === id && data["newColor"] === color);
}

describe("the tab Learning", () => {
  it("says what it is for before anything is read", async () => {
    const host = await startPlugin({ "Maths.canvas": canvasText(...cards) });
    await openTab(host, "Learning");
    await soon(() => panel(host).locator("[id$=-learning] .canvas-engram-empty").textContent()).toMatch("Once this vault is read");
    await host.screenshot("learning-start");
    await panel(host).locator("[id$=-learning] .canvas-engram-empty button").click();
    await button(host, "Start").waitFor();
  });

  it("shows what moved today, and follows the cards that are selected", async () => {
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards), "Folder/Physics.canvas": canvasText(...cards) });
    await openTab(host, "Learning");
    await soon(() => panel(host).locator(".canvas-engram-movement").textContent()).toMatch("No card changed its level");
    await host.screenshot("learning-empty");
    await recolor(host, { n1: "3", n2: "4", n3: "5" });
    await soon(() => panel(host).locator(".canvas-engram-movement .canvas-engram-section-head").textContent()).toMatch("3 changes");
    await soon(() => panel(host).locator('[data-today="true"]').getAttribute("aria-label")).toBe("Today: 3 changes (Mastered 1, Understood 1, Learning 1)");
    await soon(() => panel(host).locator(".canvas-engram-moves").textContent()).toMatch("3 changes: 2 up, 0 down");

    await panel(host).getByRole("button", { name: "Open Maths.canvas" }).first().click();
    await soon(() => panel(host).locator(".canvas-engram-history").textContent()).toMatch(/Maths.*Canvas/);
    await soon(() => panel(host).locator(".canvas-engram-event").count()).toBe(4);
    await host.screenshot("learning-canvas");

    await panel(host).getByRole("button", { name: "Show Derivatives on Maths.canvas" }).click();
    await soon(() => panel(host).locator(".canvas-engram-history").textContent()).toMatch("Card on Maths");
    await soon(() => panel(host).locator(".canvas-engram-event").allTextContents()).toEqual([
      expect.stringMatching(/Not understood → Understood.*edited, this device/),
      expect.stringMatching(/New card, Not understood.*found when the vault was read/),
    ]);
  });

  it("shows a card and a canvas as they were on a day, and says what it cannot know", async () => {
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards) }, { theme: "dark" });
    await openTab(host, "Learning");
    await recolor(host, { n2: "4" });
    await host.openCanvas("Maths.canvas");
    const field = panel(host).locator('input[type="date"]');
    const today = await field.getAttribute("max");
    await field.fill(today ?? "");
    await soon(() => panel(host).locator(".canvas-engram-past-shown").textContent()).toMatch(/3 cards, 0 connections.*Limits.*Derivatives.*Understood.*Integrals.*Learning/);
    await narrow(host);
    await host.screenshot("learning-past-dark-250");

    await panel(host).getByRole("button", { name: "Show Derivatives on Maths.canvas" }).first().click();
    await soon(() => panel(host).locator(".canvas-engram-past-card").count()).toBe(1);
    await soon(() => panel(host).locator(".canvas-engram-past-card").textContent()).toMatch(/^Derivatives.*Understood$/);
    await field.fill("2001-02-03");
    await soon(() => panel(host).locator(".canvas-engram-past-text").textContent()).toMatch(/^Nothing is known of that day: the record begins on/);
    await button(host, "Back to today").click();
    await soon(() => panel(host).locator(".canvas-engram-past-shown").isVisible()).toBe(false);
    expect(await field.inputValue()).toBe("");
    expect(await host.errors()).toEqual([]);
  });

  it("reads nothing while another tab is open", async () => {
    const host = await startCapturing({ "Maths.canvas": canvasText(...cards) });
    await openTab(host, "Learning");
    await soon(() => panel(host).locator(".canvas-engram-movement").textContent()).toMatch("0 changes");
    await openTab(host, "Now");
    await recolor(host, { n1: "3" });
    expect(await panel(host).locator(".canvas-engram-movement").textContent()).toMatch("0 changes");
    await openTab(host, "Learning");
    await soon(() => panel(host).locator(".canvas-engram-movement").textContent()).toMatch("1 change");
  });
});

/** Makes the side panel as narrow as it may be. */
async function narrow(host: ObsidianHost): Promise<void> {
  await host.page.addStyleTag({ content: ".mod-right-split { width: 250px !important; flex: 0 0 250px !important; }" });
}
