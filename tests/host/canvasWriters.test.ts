import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { canvasWritersContract } from "../contracts/canvasWriters";
import { endWritersAfterTests, startWriter } from "./fixtures/writerHost";
import { browserAvailable } from "./node/browser";
import { withWriterPlugin } from "./pagePlugin";

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
      write: (path, patches) => withWriterPlugin(host, (plugin, [at, all]) => plugin.writers.write(at, all), [path, patches] as const),
      writeAndThrow: (path) => withWriterPlugin(host, (plugin, at) => plugin.writers.writeAndThrow(at), path),
      locks: () => withWriterPlugin(host, (plugin) => plugin.writers.locks(), null),
      writeBoth: (lock, path, patches) =>
        withWriterPlugin(host, (plugin, [which, at, both]) => plugin.writeBoth(which, at, both), [lock, path, patches] as const),
    };
  });
});
