import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openToWrite } from "../../src/cli/openVault";
import { bigCanvasText } from "./bigCanvas";
import { milliseconds, ms, publish, spread, summary } from "./measure";

const CANVASES = 1_000;
const NODES = 30;
const ROUNDS = 5;

const text = bigCanvasText(NODES);
const cold: number[] = [];
const unchanged: number[] = [];
const reading: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const base = await mkdtemp(join(tmpdir(), "canvas-engram-bench-"));
  process.env["XDG_STATE_HOME"] = join(base, "state");
  const vault = join(base, "vault");
  await mkdir(vault);
  for (let index = 0; index < CANVASES; index += 1) await writeFile(join(vault, `canvas ${index}.canvas`), text);
  const host = { vault, neo4j: null, concurrency: 10, batchSize: 200, lingerMs: 100, timeoutMs: 15_000 };
  const sync = async (): Promise<void> => {
    const opened = await openToWrite(host);
    await opened.engine.scan();
    await opened.close();
  };
  cold.push(await milliseconds(sync));
  unchanged.push(await milliseconds(sync));
  reading.push(
    await milliseconds(() => {
      for (let index = 0; index < CANVASES; index += 1) JSON.parse(text);
    }),
  );
  await rm(base, { recursive: true, force: true });
}

publish({
  title: "Start-up scan of 1,000 canvases",
  about: `${NODES} nodes and ${NODES} edges each, ${(NODES * 2 + 1) * CANVASES} events at first sight. From opening the plugin folder to letting it go, checkpoints included. Cold is the first look at a vault, unchanged the next start.`,
  columns: ["work", "time"],
  rows: [
    ["JSON.parse of all their texts, nothing read (for scale)", spread(summary("", reading), ms)],
    ["cold", spread(summary("", cold), ms)],
    ["unchanged", spread(summary("", unchanged), ms)],
  ],
});
