import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { defaultField, fieldKeys } from "../../src/settings/fields";
import type { FieldKey, FieldValue } from "../../src/settings/fields";
import { defaultSettings, ranges } from "../../src/settings/schema";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, chipToBe, closeHosts, journal, soon, startCapturing } from "./pluginHost";

/** A field as a person meets it: on which page, under which name, and what it takes and refuses. */
interface Met {
  readonly key: FieldKey;
  readonly name: string;
  readonly page?: string;
  readonly good: FieldValue;
  /** As it lies in data.json; `good` where it is not said. */
  readonly kept?: unknown;
  /** Where in data.json; the key where it is not said. */
  readonly at?: string;
  readonly bad?: string;
  readonly says?: RegExp;
}

const number = (name: keyof typeof ranges, label: string, good: number, page?: string): Met => {
  const { min, max } = ranges[name];
  const met = { key: `engine.${name}` as const, name: label, good, bad: String(max + 1), says: new RegExp(`whole number from ${min} to ${max}`) };
  return page === undefined ? met : { ...met, page };
};
const property = (role: "score" | "mastery" | "due" | "interval" | "ease", name: string): Met => ({ key: `properties.${role}`, name, page: "Names of properties", good: `my-${role}`, at: `capture.properties.${role}` });
const color = (preset: "1" | "2" | "3" | "4" | "5" | "6", name: string, good: string): Met => ({ key: `mastery.${preset}`, name, page: "Colours", good, at: `capture.masteryTable.${preset}` });
const LIMITS = "Limits";
const FAILING = "When Neo4j fails";

const met: readonly Met[] = [
  { key: "neo4j.uri", name: "Address", good: "neo4j+s://db.example:7687", bad: "http://localhost:7474", says: /web page/ },
  { key: "neo4j.user", name: "User", good: "reader", bad: " ", says: /usually neo4j/ },
  { key: "neo4j.database", name: "Database", good: "study", bad: "a b", says: /letters, digits/ },
  { key: "neo4j.enabled", name: "Send to Neo4j", good: true },
  { key: "capture.foldersIn", name: "Only these folders", good: "Courses\nMaths", kept: ["Courses", "Maths"], bad: "a\\b", says: /one a line/ },
  { key: "capture.foldersOut", name: "Not these folders", good: "Old", kept: ["Old"], bad: "../x", says: /one a line/ },
  { key: "capture.canvases", name: "Edits of canvases", good: false },
  { key: "capture.notes", name: "Properties of notes", good: false },
  { key: "capture.records", name: "Commands and other plugins", good: false },
  property("score", "Score"),
  property("mastery", "Mastery"),
  property("due", "Next review"),
  property("interval", "Days between reviews"),
  property("ease", "Ease"),
  color("1", "Red", "mastered"),
  color("2", "Orange", "mastered"),
  color("3", "Yellow", "understood"),
  color("4", "Green", "learning"),
  color("5", "Cyan", "learning"),
  color("6", "Purple", "learning"),
  { key: "privacy.level", name: "What Neo4j may hold", good: "titles" },
  number("concurrency", "Batches at once", 7),
  number("batchSize", "Events in a batch", 33),
  number("lingerMs", "Wait for company", 0),
  { key: "engine.adaptive", name: "Adapt to the server", good: false },
  number("targetLatencyMs", "Slow above", 900),
  number("queueEvents", "Events in memory", 5_000, LIMITS),
  number("ageingMs", "Ageing", 400, LIMITS),
  number("workersMin", "Workers at least", 2, LIMITS),
  number("workersMax", "Workers at most", 3, LIMITS),
  { key: "engine.domainLimits", name: "Limits of single stores and hosts", page: LIMITS, good: "neo4j concurrency=2", kept: { neo4j: { concurrency: 2, rps: null, burst: 1 } }, bad: "neo4j", says: /one domain a line/ },
  number("retryAttempts", "Tries after a collision", 0, FAILING),
  number("retryBaseMs", "First wait after a collision", 50, FAILING),
  number("retryMostMs", "Longest wait after a collision", 900, FAILING),
  number("breakerFailures", "Failures until it is left alone", 5, FAILING),
  number("breakerFirstMs", "Left alone at first", 500, FAILING),
  number("breakerMostMs", "Left alone at most", 9_000, FAILING),
  { key: "schedules.startJitterS", name: "Wait after the start", good: 5, bad: "301", says: /from 0 to 300/ },
  { key: "nodes.generator", name: "Explanations by", good: "model" },
  { key: "nodes.style", name: "Style", good: "comparison" },
  { key: "nodes.folder", name: "Folder of notes", good: "Made", bad: ".obsidian", says: /No note can be made there/ },
  { key: "nodes.templateNote", name: "Template note", good: "T.md", bad: "T.txt", says: /Choose a note/ },
  { key: "model.url", name: "Address of the model", good: "http://localhost:1234/v1", bad: "ftp://x", says: /\S/ },
  { key: "model.name", name: "Model", good: "llama" },
  { key: "model.limitS", name: "Time limit of an answer", good: 30, bad: "4", says: /whole number/ },
  number("journalLimitMb", "Size of the journal", 500),
  { key: "notices.quiet", name: "Quiet mode", good: true },
  { key: "notices.scheduled", name: "Scheduled tasks too", good: true },
  { key: "webhook.enabled", name: "Tell another program", good: true },
  { key: "webhook.url", name: "Webhook address", good: "https://example.com/hook", bad: "http://example.com", says: /Use https/ },
  { key: "diagnostics.logLevel", name: "Log level", good: "debug" },
];

/** Chosen in the app's own dialog of secrets, or asked of the system: other tests do that. */
const elsewhere = ["neo4j.passwordSecretId", "webhook.secretId", "model.secretId", "notices.system"];

describe.skipIf(!browserAvailable())("the settings", { timeout: 240_000 }, () => {
  let host: ObsidianHost;

  test("open over a vault that is captured", async () => {
    host = await startCapturing({ "Deep/Maths.canvas": canvasText({ id: "limits", text: "Limits\nSecret words", color: "4" }), "n.md": "---\nscore: 3\n---\n" });
    await host.openSettings();
    expect(await host.setting("Send to Neo4j").isVisible()).toBe(true);
  });

  afterAll(async () => {
    await closeHosts();
    await closeBrowser();
  });

  const kept = (path: string): unknown => path.split(".").reduce<unknown>((value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined), host.dataJson());

  const files = (): readonly string[] => ["", "Exports"].flatMap((folder) => (existsSync(join(host.vaultDir, folder)) ? readdirSync(join(host.vaultDir, folder)).map((name) => (folder === "" ? name : `${folder}/${name}`)) : []));

  async function open(page: string | undefined): Promise<void> {
    await host.closeSettings();
    await host.openSettings();
    if (page !== undefined) await host.setting(page).click();
  }

  async function enter(name: string, value: FieldValue): Promise<void> {
    const row = host.setting(name);
    if (typeof value === "boolean") return host.setToggle(name, value);
    if ((await row.locator("select").count()) > 0) return host.setDropdown(name, String(value));
    return host.setText(name, String(value));
  }

  test("has a row for each field that there is", () => {
    const keys = [...met.map(({ key }) => key), ...elsewhere].sort();
    expect(keys).toEqual([...fieldKeys(defaultSettings(""))].sort());
  });

  test.each(met)("$key: refuses at the field, keeps at once, and goes back to its default", async ({ at, bad, good, key, kept: value = good, name, page, says }) => {
    await open(page);
    const path = at ?? key;
    const before = kept(path);
    const row = host.setting(name);
    expect(await row.count()).toBe(1);
    expect(await row.locator(".canvas-engram-reset").isVisible()).toBe(false);
    if (bad !== undefined) {
      await enter(name, bad);
      await soon(() => row.getByRole("alert").textContent()).toMatch(says ?? /\S/);
      expect(kept(path)).toEqual(before);
    }
    await enter(name, good);
    await soon(() => kept(path)).toEqual(value);
    expect(await row.getByRole("alert").count()).toBe(0);
    const reset = row.locator(".canvas-engram-reset");
    await reset.focus();
    await host.page.keyboard.press("Enter");
    await soon(() => kept(path)).toEqual(before);
    const shown = row.locator("input, textarea, select").first();
    if (typeof good !== "boolean") expect(await shown.inputValue()).toBe(String(defaultField(key)));
    expect(await reset.isVisible()).toBe(false);
  });

  test("pictures of every part", async () => {
    await host.page.setViewportSize({ width: 1000, height: 4200 });
    await open(undefined);
    for (const theme of ["light", "dark"] as const) {
      await host.setTheme(theme);
      await host.screenshot(`settings-${theme}`);
    }
    await host.page.setViewportSize({ width: 1000, height: 900 });
    for (const page of ["Colours", LIMITS, FAILING, "Which address?"]) {
      await open(page);
      await host.screenshot(`settings-${page.toLowerCase().replace(/\W+/g, "-")}-dark`);
    }
    await host.setTheme("light");
    await open("Colours");
    await host.screenshot("settings-colours-light");
    expect(await host.errors()).toEqual([]);
  });

  test("colours of one's own are added, refused, given a level and removed", async () => {
    await open("Colours");
    const add = host.setting("Add a colour");
    await host.setText("Add a colour", "orange");
    await add.getByRole("button", { name: "Add" }).click();
    expect(await add.getByRole("alert").textContent()).toContain("#ff8800");
    await host.setText("Add a colour", "#F80");
    await host.page.keyboard.press("Enter");
    await soon(() => kept("capture.masteryTable.#ff8800")).toBe("learning");
    await host.setting("#ff8800").waitFor();
    await host.setText("Add a colour", "#FF8800");
    await add.getByRole("button", { name: "Add" }).click();
    await soon(() => add.getByRole("alert").textContent()).toContain("in the list already");
    await host.setDropdown("#ff8800", "mastered");
    await soon(() => kept("capture.masteryTable.#ff8800")).toBe("mastered");
    await host.screenshot("settings-own-colour-light");
    await host.setting("#ff8800").getByLabel("Delete").click();
    await soon(() => kept("capture.masteryTable.#ff8800")).toBeUndefined();
    await soon(() => host.setting("#ff8800").count()).toBe(0);
    expect(await host.errors()).toEqual([]);
  });

  test("what is sent is shown for a card of the vault, and changes with the level", async () => {
    await open(undefined);
    const shown = host.page.locator(".canvas-engram-example");
    await soon(() => shown.textContent()).toContain("Secret words");
    await host.setDropdown("What Neo4j may hold", "titles");
    await soon(() => shown.textContent()).not.toContain("Secret words");
    expect(await shown.textContent()).toMatch(/concept: "Limits"[\s\S]*color_changed|concept: "Limits"/);
    await host.setDropdown("What Neo4j may hold", "ids");
    await soon(() => shown.textContent()).not.toMatch(/Limits|Maths/);
    expect(await shown.textContent()).toContain('level: "understood"');
    await host.setDropdown("What Neo4j may hold", "full");
    await soon(() => shown.textContent()).toContain("Secret words");
  });

  test("changes that come by sync are shown while the rows are open, and what is being typed stays", async () => {
    await open(undefined);
    await host.setText("User", "typed");
    await soon(() => kept("neo4j.user")).toBe("typed");
    // What the app is still writing would be taken for the newer one.
    await host.server.settled();
    const data = host.dataJson() as Record<string, Record<string, unknown>>;
    host.writeFile(".obsidian/plugins/canvas-engram/data.json", JSON.stringify({ ...data, engine: { ...data["engine"], concurrency: 4 }, neo4j: { ...data["neo4j"], user: "synced" }, later: { kept: true } }), Date.now() + 5_000);
    await soon(() => host.setting("Batches at once").locator("input").inputValue()).toBe("4");
    expect(await host.setting("User").locator("input").inputValue()).toBe("typed");
    await host.setText("Events in a batch", "50");
    await soon(() => kept("engine.batchSize")).toBe(50);
    expect(host.dataJson()).toMatchObject({ engine: { concurrency: 4 }, neo4j: { user: "synced" }, later: { kept: true } });
    expect(await host.setting("User").locator("input").inputValue()).toBe("synced");
  });

  test("everything about sending goes back after a yes, and the rest stays", async () => {
    await open(undefined);
    await host.setting("Reset everything about sending").click();
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Cancel" }).click();
    expect(kept("engine.concurrency")).toBe(4);
    await host.setting("Reset everything about sending").focus();
    await host.page.keyboard.press("Enter");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Reset" }).click();
    await soon(() => kept("engine.concurrency")).toBe(10);
    expect(host.dataJson()).toMatchObject({ engine: { batchSize: 200 }, neo4j: { user: "synced" }, later: { kept: true } });
    await soon(() => host.setting("Batches at once").locator("input").inputValue()).toBe("10");
  });

  test("an edit of a canvas is not looked at while that is off, and is when it is on again", async () => {
    await open(undefined);
    await host.setToggle("Edits of canvases", false);
    await soon(() => kept("capture.canvases")).toBe(false);
    const before = journal(host).length;
    host.writeFile("Deep/Maths.canvas", canvasText({ id: "limits", text: "Limits, again", color: "4" }));
    await host.reconcile();
    await host.closeSettings();
    await host.command("sync-now");
    await soon(async () => (await host.notices()).some((text) => text.includes("read 0 canvases"))).toBe(true);
    expect(journal(host).length).toBe(before);
    await host.openSettings();
    await host.setToggle("Edits of canvases", true);
    await soon(() => journal(host).filter(({ type }) => type === "node_updated").length).toBe(1);
    expect(journal(host).some(({ type }) => type === "canvas_deleted")).toBe(false);
  });

  test("sizes, export, backup and the report for help", async () => {
    await host.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(undefined);
    await soon(() => host.page.locator(".canvas-engram-sizes").textContent()).toMatch(/kB in all: journal/);
    await host.setting("Export").getByRole("button", { name: "Graph" }).click();
    await soon(() => files().filter((path) => path.startsWith("Exports/")).length).toBe(1);
    await host.setting("Back up the journal").getByRole("button", { name: "Back up" }).click();
    await soon(() => files().filter((path) => path.startsWith("Canvas Engram backup")).length).toBe(1);
    await host.setting("Report for help").getByRole("button", { name: "Copy report" }).click();
    await soon(async () => (await host.notices()).some((text) => text.startsWith("Copied."))).toBe(true);
    const report = await host.page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(report)).toMatchObject({ canvasEngram: expect.stringMatching(/^\d/) as string, status: { canvases: 1 } });
    expect(report).not.toMatch(/Deep|Maths|synced|Secret/);
    await host.setting("Folder of the plugin").getByRole("button", { name: "Open" }).click();
    await soon(async () => (await host.notices()).some((text) => text.includes(".obsidian/plugins/canvas-engram"))).toBe(true);
    expect(await host.errors()).toEqual([]);
  });

  test("search finds the things that people look for", async () => {
    await open(undefined);
    const found = async (query: string): Promise<readonly string[]> => {
      await host.page.locator(".vertical-tab-header input[type=search]").fill(query);
      return host.page.locator(".setting-search-result").allTextContents();
    };
    expect(await found("connect database")).toContain("Canvas Engram: Send to Neo4j");
    expect(await found("colour hex")).toContain("Canvas Engram: Add a colour");
    expect(await found("privacy")).toContain("Canvas Engram: What Neo4j may hold");
    expect(await found("rate limit")).toContain("Canvas Engram: Limits of single stores and hosts");
    expect(await found("debug")).toContain("Canvas Engram: Report for help");
    await found("");
    await host.closeSettings();
    await chipToBe(host, /\S/);
    expect(await button(host, "Start").count()).toBe(0);
  });
});
