import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildIfStale } from "../../src/cli/buildIfStale.mjs";
import { closeBrowser } from "../host/node/browser";
import { launchHost, type ObsidianHost } from "../host/launch";
import { bigCanvasText } from "./bigCanvas";
import { ms, publish, spread, summary } from "./measure";

const ROUNDS = 5;
const EVENTS = 5_000;

if (!buildIfStale()) throw new Error("the build failed");
const root = process.cwd();
const code = readFileSync(join(root, "main.js"), "utf8");
const loads: number[] = [];
const blocks: number[] = [];
const idleBlocks: number[] = [];
const burstMs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const vaultDir = mkdtempSync(join(tmpdir(), "canvas-engram-bench-"));
  writeFileSync(join(vaultDir, "big.canvas"), bigCanvasText(200));
  const host = await launchHost({ vaultDir, pluginDir: root, trackLeaks: false });
  loads.push(await evaluateCode(host));
  await host.enablePlugin();
  await host.page.locator(".canvas-engram-panel").getByRole("button", { name: "Start", exact: true }).click();
  await host.page.locator(".canvas-engram-chip", { hasText: "All saved here" }).waitFor();
  idleBlocks.push((await longestBlock(host, 0)).block);
  const burst = await longestBlock(host, EVENTS);
  blocks.push(burst.block);
  burstMs.push(burst.ms);
  await host.close();
  rmSync(vaultDir, { recursive: true, force: true });
}
await closeBrowser();

const size = statSync(join(root, "main.js")).size;
publish({
  title: "The plugin in Chromium",
  about: `On the model of Obsidian. The block is the longest time between two turns of the page's event loop while ${EVENTS.toLocaleString("en")} events are recorded through the API, journaled to the disk and folded, the panel open; aim: 8 ms. Idle is the same measurement with nothing to do: what the machine and the browser cost.`,
  columns: ["what", "figure"],
  rows: [
    ["size of `main.js`", `${Math.round(size / 1024)} kB, ${Math.round(gzipSync(code).length / 1024)} kB compressed`],
    ["evaluating `main.js`", spread(summary("", loads), ms)],
    [`longest block while ${EVENTS.toLocaleString("en")} events are recorded`, spread(summary("", blocks), ms)],
    ["longest block, idle", spread(summary("", idleBlocks), ms)],
    [`time of the burst`, spread(summary("", burstMs), ms)],
  ],
});

/** How long the page takes to evaluate the plugin's code, with stand-ins for what Obsidian gives. */
function evaluateCode(host: ObsidianHost): Promise<number> {
  return host.page.evaluate(`(() => {
    const given = new Proxy({}, { get: () => class {} });
    const started = performance.now();
    (function (require, module, exports) {${code}
    })(() => given, { exports: {} }, {});
    return performance.now() - started;
  })()`);
}

/** Records that many events and measures the longest time that the page's event loop did not turn. */
function longestBlock(host: ObsidianHost, events: number): Promise<{ block: number; ms: number }> {
  return host.page.evaluate(async (count) => {
    let block = 0;
    let last = performance.now();
    let running = true;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      block = Math.max(block, now - last);
      last = now;
      if (running) port2.postMessage(null);
    };
    port2.postMessage(null);
    const started = performance.now();
    if (count === 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
    else {
      const plugin = window.__host.app.plugins.getPlugin("canvas-engram") as unknown as { api: { recordBatch(items: object[]): Promise<{ succeeded: number }> } };
      const items = Array.from({ length: count }, (_, index) => ({ type: "score_submitted", note: `note ${index % 50}.md`, score: index % 101, timestamp: 1_760_000_000_000 + index }));
      const { succeeded } = await plugin.api.recordBatch(items);
      if (succeeded !== count) throw new Error(`${succeeded} of ${count} were recorded`);
    }
    const elapsed = performance.now() - started;
    running = false;
    return { block, ms: elapsed };
  }, events);
}
