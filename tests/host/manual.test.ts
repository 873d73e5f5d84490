import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { english } from "../../src/panel/text/en/english";
import { takesAnew } from "./gallery/keptPictures";
import { smallPng } from "./gallery/smallPng";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { keptTable, listedCommands, manualText, registeredCommands, settingLines, settingsTable, writeTable } from "./node/readManual";
import { button, canvasText, chipToBe, closeHosts, projectRoot, startPlugin } from "./pluginHost";

const vault = {
  "Calculus.canvas": canvasText(
    { id: "limits", text: "Limits", color: "4" },
    { id: "series", text: "Series", color: "3" },
    { id: "taylor", text: "Taylor's theorem", color: "1" },
    { id: "fourier", text: "Fourier series" },
  ),
};

describe.skipIf(!browserAvailable())("the manual", { timeout: 120_000 }, () => {
  let host: ObsidianHost;

  beforeAll(async () => {
    host = await startPlugin(vault);
  });

  afterAll(async () => {
    await closeHosts();
    await closeBrowser();
  });

  test("has a table of every setting that the plugin declares", async () => {
    const lines = await settingLines(host);
    expect(lines.length).toBeGreaterThan(30);
    if (takesAnew) writeTable(settingsTable(lines));
    expect(keptTable()).toBe(settingsTable(lines));
  });

  test("lists every command, and none that is not there", async () => {
    expect([...listedCommands()].sort()).toEqual([...(await registeredCommands(host))].sort());
  });

  test("quotes in its troubleshooting what the plugin says indeed", () => {
    const said = JSON.stringify(english);
    const [, table = ""] = /## Troubleshooting\n([\s\S]*?)\n## /.exec(manualText()) ?? [];
    const quotes = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/\*([^*]+)\*/g)].flatMap(([, quote = ""]) => quote.split("…")));
    expect(quotes.length).toBeGreaterThan(10);
    expect(quotes.filter((quote) => !said.includes(quote.trim()))).toEqual([]);
  });

  test("shows only pictures that are there", () => {
    const pictures = [...manualText().matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = ""]) => path);
    expect(pictures.length).toBeGreaterThan(5);
    expect(pictures.filter((path) => !existsSync(join(projectRoot, "docs", path)))).toEqual([]);
  });

  test("has the real panel in its first picture", async () => {
    await button(host, "Start").click();
    await chipToBe(host, "All saved here");
    await host.openCanvas("Calculus.canvas");
    await host.page.setViewportSize({ width: 1000, height: 560 });
    const picture = smallPng(await host.page.screenshot({ animations: "disabled" }));
    expect(picture.length).toBeLessThan(100_000);
    if (takesAnew) writeFileSync(join(projectRoot, "docs/images/panel.png"), picture);
    expect(await host.errors()).toEqual([]);
  });
});
