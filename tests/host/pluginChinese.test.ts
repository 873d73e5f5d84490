import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { canvasText, closeHosts, panel, soon, startPlugin } from "./pluginHost";

/** What is called so in every language: names of products, of formats and of what is typed into fields. */
const NAMES =
  /Canvas Engram|Exports|Neo4j Desktop|Neo4j|Obsidian|Docker|Aura|JSON|CSV|CORS|Webhook|Verbose|OpenAI|Ollama|API|MAX|MB|kB|p50|p95|bolt:\/\/\S+|neo4j(\+s)?(:\/\/\S*)?|https?:\/\/\S*|localhost|llama3\.2|concurrency=4 rps=10 burst=20|Courses\/Maths|cron|\{\{\w+\}\}|\+s|data\.json(\.broken)?|\S+\.canvas/g;

/** The app's own button, paths that are examples, and what the engine says of an address: it speaks English only. */
const NOT_OURS = new Set(["Link…", "Explanations", "Templates/Explanation.md", "Enter the address that is told, such as https://example.com/hook."]);

/** Words of Latin letters in what a person reads or hears of an element, but for names. */
async function latin(host: ObsidianHost, selector: string): Promise<readonly string[]> {
  const texts = await host.page.locator(selector).first().evaluate((root) => {
    const found: string[] = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      // What is sent is shown as it is.
      if (node.parentElement?.closest("pre") === null) found.push(node.textContent ?? "");
    }
    for (const element of root.querySelectorAll("*")) {
      for (const name of ["aria-label", "title", "placeholder"]) found.push(element.getAttribute(name) ?? "");
    }
    return found;
  });
  return texts.filter((text) => !NOT_OURS.has(text) && /[A-Za-z]{2,}/.test(text.replaceAll(NAMES, "")));
}

describe.skipIf(!browserAvailable())("the plugin where the app speaks Chinese", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("has no English in its panel, settings, commands, menus and notices", async () => {
    const host = await startPlugin({ "数学.canvas": canvasText({ id: "a", text: "极限" }), "笔记.md": "文字\n" }, { language: "zh" });
    await panel(host).getByRole("button", { name: "开始", exact: true }).waitFor();
    expect(await latin(host, ".canvas-engram-panel")).toEqual([]);
    await host.screenshot("plugin-chinese-first-light");
    await panel(host).getByRole("button", { name: "开始", exact: true }).click();
    await soon(() => panel(host).locator(".canvas-engram-chip").textContent()).toMatch("已全部存到本地");
    expect(await host.page.locator(".canvas-engram-ribbon").getAttribute("aria-label")).toBe("Canvas Engram：已全部存到本地");
    for (const tab of ["批次", "失败", "学习", "当前"]) {
      await panel(host).getByRole("tab", { name: tab }).click();
      expect(await latin(host, ".canvas-engram-panel")).toEqual([]);
    }

    await host.palette("Canvas Engram: 索引整个仓库");
    await soon(async () => (await host.notices()).join("\n")).toContain("索引：整个仓库：已完成 1 项。");
    await host.screenshot("plugin-chinese-light");
    const names = await host.page.evaluate(() => Object.values(window.__host.app.commands.commands).filter(({ id }) => id.startsWith("canvas-engram:")).map(({ name }) => name));
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => !/^Canvas Engram: .*\p{Script=Han}/u.test(name))).toEqual([]);

    await host.fileMenu("数学.canvas");
    expect((await host.page.locator(".menu .menu-item-title").allTextContents()).filter((title) => !/\p{Script=Han}/u.test(title))).toEqual([]);
    await host.page.keyboard.press("Escape");
    await host.command("export");
    expect(await latin(host, ".modal-content")).toEqual([]);
    await host.page.keyboard.press("Escape");
    await host.openSettings();
    expect(await latin(host, ".vertical-tab-content")).toEqual([]);
    await host.screenshot("plugin-chinese-settings-light");
    expect(await host.errors()).toEqual([]);
  });
});
