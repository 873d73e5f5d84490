import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { loadHistories, type History } from "../scenarios/histories";
import { browserAvailable, closeBrowser } from "./node/browser";
import { canvasHashes, canvasText, closeHosts, panel, soon, startCapturing } from "./pluginHost";
import type { ObsidianHost } from "./launch";

const CYCLES = process.env["LONG_TESTS"] === "1" ? 100 : 10;

const histories = loadHistories();

/** Every version of every canvas of a history. */
function versionsOf({ name, steps }: History): readonly { readonly path: string; readonly text: string }[] {
  return steps.flatMap(({ content, path }) => (content === undefined || !path.endsWith(".canvas") ? [] : [{ path: `${name}/${path}`, text: content }]));
}

function put(host: ObsidianHost, path: string, text: string): void {
  const file = join(host.vaultDir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Opens a canvas and closes it again, as a user does. Resolves when the app has come to rest. */
async function openAndClose(host: ObsidianHost, path: string): Promise<void> {
  const leaf = await host.openFile(path, "tab");
  await host.page.waitForFunction((id) => {
    const view = window.__host.app.workspace.getLeafById(id)?.view as { lastSavedData?: string | null } | undefined;
    return typeof view?.lastSavedData === "string";
  }, leaf);
  await host.page.evaluate(async (id) => {
    window.__host.app.workspace.getLeafById(id)?.detach();
    await window.__host.app.vault.adapter.promise;
  }, leaf);
}

afterEach(closeHosts);
afterAll(closeBrowser);

describe.skipIf(!browserAvailable())("opening, closing, enabling and disabling", () => {
  test.skipIf(histories.length === 0)(`${CYCLES} times over the canvases of real vaults changes no byte of any`, { timeout: 900_000 }, async () => {
    const versions = histories.flatMap(versionsOf);
    // The app itself writes a canvas in another layout, or with what it heals, when it is opened and closed.
    const host = await startCapturing({ "start.canvas": canvasText({ id: "a", text: "one" }) }, { assume: { canvasRewritesForeignLayout: false } });
    const last = new Map<string, string>();
    let hashes: Readonly<Record<string, string>> = {};
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const now = versions.filter((_, at) => at % CYCLES === cycle);
      for (const { path, text } of now) {
        put(host, path, text);
        last.set(path, text);
      }
      await host.reconcile();
      hashes = canvasHashes(host);
      const [first, second] = [...new Set(now.map(({ path }) => path))];
      if (first === undefined || second === undefined) throw new Error("there are fewer versions than cycles");
      await openAndClose(host, first);
      await host.disablePlugin();
      await openAndClose(host, second);
      await host.enablePlugin();
      expect(canvasHashes(host), `cycle ${cycle}: ${first}, ${second}`).toEqual(hashes);
    }
    await soon(() => panel(host).count()).toBeGreaterThan(0);
    // What a pane wrote late would be seen here.
    for (const [path, text] of last) expect(readFileSync(join(host.vaultDir, path), "utf8") === text, path).toBe(true);
    expect(canvasHashes(host)).toEqual(hashes);
    expect(await host.errors()).toEqual([]);
  });
});
