import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { canvasWritersContract } from "../contracts/canvasWriters";
import type CanvasFilesPlugin from "./fixtures/canvasFilesPlugin";
import { endWritersAfterTests, startWriter } from "./fixtures/writerHost";
import type { ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";

const ID = "canvas-files";

/** Calls a function with the plugin, in the page. */
async function inPage<A, R>(host: ObsidianHost, work: (plugin: CanvasFilesPlugin, args: A) => Promise<R>, args: A): Promise<R> {
  const plugin = await host.page.evaluateHandle((id) => window.__host.app.plugins.getPlugin(id) as unknown as CanvasFilesPlugin, ID);
  try {
    return await plugin.evaluate<R, A>(work as never, args as never);
  } finally {
    await plugin.dispose();
  }
}

describe.skipIf(!browserAvailable())("in Obsidian", () => {
  endWritersAfterTests();

  canvasWritersContract("in Obsidian's vault", async () => {
    const host = await startWriter({});
    return {
      put: async (files) => {
        for (const [path, text] of Object.entries(files)) host.writeFile(path, text);
        await host.reconcile();
      },
      peek: async (path) => (existsSync(join(host.vaultDir, path)) ? host.readFile(path) : null),
      write: (path, patches) => inPage(host, (plugin, [at, all]) => plugin.writers.write(at, all), [path, patches] as const),
      writeAndThrow: (path) => inPage(host, (plugin, at) => plugin.writers.writeAndThrow(at), path),
      locks: () => inPage(host, (plugin) => plugin.writers.locks(), null),
      writeBoth: (lock, path, patches) =>
        inPage(host, (plugin, [which, at, both]) => plugin.writeBoth(which, at, both), [lock, path, patches] as const),
    };
  });
});
