import { writeSync } from "node:fs";
import { openToWrite } from "../../src/cli/openVault";

/** A process that indexes a vault by a task, or goes on with the one that is there, and says how far it is until it ends or is killed. */
const [folder = ""] = process.argv.slice(2);
const vault = await openToWrite({ vault: folder, neo4j: null, concurrency: 4, batchSize: 20, lingerMs: 5, timeoutMs: 15_000 });
const { engine } = vault;
engine.tasks.onChange(([task]) => {
  if (task !== undefined) writeSync(1, `${task.counts.done}\n`);
});
const over = new Promise<void>((resolve) => engine.tasks.onEnd(() => resolve()));
if (engine.tasks.list().length === 0) await engine.createBatch([{ all: true }], { kind: "index", title: "Index all canvases" });
await over;
await vault.close();
