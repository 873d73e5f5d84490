import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { EngramApi } from "../../src/adapters/obsidian/pluginApi";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { canvasText, closeHosts, panel, soon, startCapturing, unfoldEnded } from "./pluginHost";

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
};

type Locator = ReturnType<typeof panel>;

const tasks = (host: ObsidianHost): Locator => panel(host).locator(".canvas-engram-task");
const titles = async (host: ObsidianHost): Promise<readonly string[]> => tasks(host).locator(".canvas-engram-task-title").allTextContents();
const press = (host: ObsidianHost, key: string): Promise<void> => host.page.keyboard.press(key);
const focused = (host: ObsidianHost): Promise<string | null> => panel(host).evaluate(({ ownerDocument: { activeElement } }) => activeElement?.getAttribute("aria-label") ?? activeElement?.querySelector(".canvas-engram-task-title")?.textContent ?? null);

/** Tasks of one item each that end when they are cancelled; one runs at a time. Each is about the second card of a canvas. */
async function makeTasks(host: ObsidianHost, names: readonly string[]): Promise<void> {
  await host.page.evaluate(async (made) => {
    const { api } = window.__host.app.plugins.getPlugin("canvas-engram") as unknown as { api: EngramApi };
    const run = (_: unknown, { signal }: { signal: { onAbort(listener: () => void): void } }): Promise<null> => new Promise((resolve) => signal.onAbort(() => resolve(null)));
    await api.registerKind({ name: "wait", check: () => null, domainOf: () => "wait", keyOf: () => "one", costMs: () => 1, repeatable: true, run });
    for (const title of made) await api.createBatch([{ canvas: "Maths.canvas", node: "series" }], { kind: "wait", title });
  }, names);
}

describe.skipIf(!browserAvailable())("what goes on now, in the panel", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("says that nothing goes on, and shows tasks with what they are about, to which a click leads", async () => {
    const host = await startCapturing(vault);
    await panel(host).getByText("Nothing is going on").waitFor();
    await host.screenshot("panel-empty-light");
    await makeTasks(host, ["Explain the series"]);
    await soon(() => titles(host)).toEqual(["Explain the series"]);
    expect(await panel(host).getByText("Nothing is going on").isVisible()).toBe(false);
    await panel(host).getByRole("button", { name: "Go to the card in Maths.canvas" }).click();
    const selection = (): Promise<readonly string[]> =>
      host.page.evaluate(() => {
        const found: string[] = [];
        const { view } = window.__host.app.workspace.getLeavesOfType("canvas")[0] ?? {};
        const { canvas } = (view ?? {}) as unknown as { canvas?: { selection: Iterable<{ id: string }> } };
        for (const { id } of canvas?.selection ?? []) found.push(id);
        return found;
      });
    await soon(selection).toEqual(["series"]);
    await host.screenshot("panel-jump-light");
    host.removeFile("Maths.canvas");
    await soon(() => host.page.evaluate(() => window.__host.app.vault.getFileByPath("Maths.canvas") === null)).toBe(true);
    await panel(host).getByRole("button", { name: "Go to the card in Maths.canvas" }).click();
    await soon(() => host.notices()).toContain("Maths.canvas is not in this vault any more.");
    expect(await host.errors()).toEqual([]);
  });

  test("moves waiting tasks up and down by clicks and by keys, and the focus goes with them", async () => {
    const host = await startCapturing(vault);
    await makeTasks(host, ["A", "B", "C"]);
    await soon(() => titles(host)).toEqual(["A", "B", "C"]);
    await panel(host).getByRole("button", { name: "Sooner: C" }).click();
    await soon(() => titles(host)).toEqual(["A", "C", "B"]);
    expect(await focused(host)).toBe("Sooner: C");
    await press(host, "Enter");
    await soon(() => tasks(host).nth(1).textContent()).toContain("Highest priority");
    const sooner = panel(host).getByRole("button", { name: "Sooner: C" });
    expect([await sooner.getAttribute("aria-disabled"), await focused(host)]).toEqual(["true", "Sooner: C"]);
    await host.screenshot("panel-tasks-light");
    await host.setTheme("dark");
    await host.screenshot("panel-tasks-dark");
    const row = tasks(host).filter({ has: host.page.getByRole("button", { name: "Sooner: C" }) });
    await press(host, "Alt+ArrowDown");
    await soon(() => row.textContent()).toContain("High priority");
    await press(host, "Alt+ArrowDown");
    await soon(() => row.textContent()).not.toContain("priority");
    expect(await titles(host)).toEqual(["A", "B", "C"]);
    await press(host, "Alt+ArrowDown");
    await soon(() => row.textContent()).toContain("Low priority");
    expect(await focused(host)).toBe("Sooner: C");
    await press(host, "ArrowUp");
    expect(await focused(host)).toBe("B");
    await press(host, "Alt+ArrowUp");
    await soon(() => tasks(host).nth(1).textContent()).toContain("High priority");
    expect(await focused(host)).toBe("B");
    expect(await host.errors()).toEqual([]);
  });

  test("pauses and cancels by keys, and the focus is never lost", async () => {
    const host = await startCapturing(vault);
    await makeTasks(host, ["A", "B"]);
    await soon(() => titles(host)).toEqual(["A", "B"]);
    await panel(host).getByRole("button", { name: "Pause: A" }).focus();
    await press(host, "Enter");
    await soon(() => focused(host)).toBe("Resume: A");
    await press(host, "Enter");
    await soon(() => focused(host)).toBe("Pause: A");
    await press(host, "Tab");
    expect(await focused(host)).toBe("Cancel: A");
    await press(host, "Enter");
    await soon(() => titles(host)).toEqual(["B"]);
    expect(await focused(host)).toBe("B");
    await soon(() => panel(host).locator(".canvas-engram-heard").textContent()).toBe("A: Cancelled");
    await unfoldEnded(host);
    await soon(() => titles(host)).toEqual(["B", "A"]);
    await panel(host).locator('.canvas-engram-fold[aria-expanded="true"]').click();
    await soon(() => titles(host)).toEqual(["B"]);
    expect(await host.errors()).toEqual([]);
  });
});
