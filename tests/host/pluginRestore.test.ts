import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { EngramApi } from "../../src/adapters/obsidian/pluginApi";
import type { CanvasPatch } from "../../src/engine/index";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { canvasText, closeHosts, soon, startCapturing } from "./pluginHost";

const PATH = "Maths.canvas";
const text = canvasText({ id: "limits", text: "Limits" });
const adding: CanvasPatch = [{ kind: "add-node", node: { id: "p1", type: "text", text: "plugin", x: 0, y: 500, width: 100, height: 50 } }];

async function mutate(host: ObsidianHost, patch: CanvasPatch): Promise<string> {
  return host.page.evaluate(
    async ([path, asked]) => {
      const { api } = window.__host.app.plugins.getPlugin("canvas-engram") as unknown as { api: EngramApi };
      return (await api.mutate(path, JSON.parse(asked) as CanvasPatch)).kind;
    },
    [PATH, JSON.stringify(patch)] as const,
  );
}

function keptTexts(host: ObsidianHost): number {
  const devices = join(host.vaultDir, ".obsidian", "plugins", "canvas-engram", "devices");
  return readdirSync(devices, { recursive: true, encoding: "utf8" }).filter((name) => /[/\\]recovery[/\\].+\.txt$/.test(name)).length;
}

describe.skipIf(!browserAvailable())("restoring a canvas before the last change", { timeout: 120_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("asks first, gives the very bytes back, and can be taken back itself", async () => {
    const host = await startCapturing({ [PATH]: text, "Note.md": "" });
    await host.openFile("Note.md");
    expect(await host.command("restore-canvas")).toBe(false);
    await host.openCanvas(PATH);
    await host.command("restore-canvas");
    await soon(() => host.notices()).toContain("Canvas Engram has made no change to this canvas that it could take back.");

    expect(await mutate(host, adding)).toBe("written");
    const written = host.readFile(PATH);
    expect([written.includes("plugin"), keptTexts(host)]).toEqual([true, 1]);
    await host.palette("Canvas Engram: Restore canvas before last change");
    const dialog = host.page.locator(".modal");
    await dialog.getByText(`The last change that Canvas Engram made to ${PATH}`).waitFor();
    await host.screenshot("plugin-restore-light");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(host.readFile(PATH)).toBe(written);

    await host.command("restore-canvas");
    await dialog.getByRole("button", { name: "Restore" }).click();
    await soon(() => host.readFile(PATH)).toBe(text);
    await soon(() => host.notices()).toContain("The canvas is as it was before the last change.");
    await host.reload();
    await host.openCanvas(PATH);
    await soon(() => host.command("restore-canvas")).toBe(true);
    await host.page.locator(".modal").getByRole("button", { name: "Restore" }).click();
    await soon(() => host.readFile(PATH)).toBe(written);
    expect(await host.errors()).toEqual([]);
  });

  test("leaves what the user did since, unsaved edits too", async () => {
    const host = await startCapturing({ [PATH]: text }, { assume: { saveDelay: 60_000 } });
    const canvas = await host.openCanvas(PATH);
    await mutate(host, adding);
    await canvas.addCard("mine", { x: 500, y: 60 });
    await canvas.recolour("limits", "3");
    await host.command("restore-canvas");
    await host.page.locator(".modal").getByRole("button", { name: "Restore" }).click();
    await soon(async () => (await canvas.nodes()).map((node) => [node.text, node.color]).sort()).toEqual([["Limits", "3"], ["mine", ""]]);
    await soon(() => host.readFile(PATH).includes("mine") && !host.readFile(PATH).includes("plugin")).toBe(true);
  });

  test("writes nothing when the old text cannot be kept, and says why", async () => {
    const host = await startCapturing({ [PATH]: text });
    await host.openCanvas(PATH);
    host.faults.add({ op: "write", path: /recovery/, effect: { kind: "error", code: "ENOSPC" } });
    expect(await mutate(host, adding)).toBe("refused");
    expect(host.readFile(PATH)).toBe(text);
  });
});
