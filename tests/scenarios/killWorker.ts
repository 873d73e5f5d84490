import { writeSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostOptions } from "../../src/cli/arguments";
import { openToWrite } from "../../src/cli/openVault";

/**
 * A process that edits canvases, syncs, records and checkpoints until somebody kills it. Every acknowledged id is
 * written to standard output in one system call right after its acknowledgement, so what the parent has read was
 * acknowledged for certain.
 */
const [folder = "", round = "0", uri = "", password = ""] = process.argv.slice(2);
const neo4j = uri === "" ? null : { uri, user: "neo4j", password, database: "neo4j" };
const host: HostOptions = { vault: folder, neo4j, concurrency: 4, batchSize: 20, lingerMs: 5, timeoutMs: 15_000 };

const acknowledge = (ids: readonly (string | null)[]): void => {
  const lines = ids.filter((id) => id !== null).map((id) => `${id}\n`);
  if (lines.length > 0) writeSync(1, lines.join(""));
};

const { engine } = await openToWrite(host);
engine.onSignal((signal) => {
  if (signal.kind === "event") acknowledge([signal.event.id]);
});
writeSync(1, "open\n");
for (let step = 0; ; step += 1) {
  const name = `canvas ${step % 3}.canvas`;
  await mkdir(join(folder, "sub"), { recursive: true });
  await writeFile(join(folder, "sub", name), canvasText(Number(round), step));
  await engine.scan();
  const items = [0, 1, 2].map((item) => ({
    type: "score_submitted",
    note: `note ${item}.md`,
    score: (step * 7 + item) % 101,
    timestamp: Date.UTC(2026, 0, 1) + Number(round) * 1_000_000 + step * 10 + item,
  }));
  const result = await engine.recordBatch(items);
  acknowledge(result.results.map((one) => (one.status === "accepted" ? one.id : null)));
  if (step % 4 === 3) await engine.flush();
}

function canvasText(roundNow: number, step: number): string {
  const nodes = Array.from({ length: 12 }, (_, index) => ({
    id: `n${index}`,
    type: "text",
    text: `card ${index} ${index % 4 === step % 4 ? `${roundNow}.${step}` : ""}`,
    x: index * 100,
    y: index === step % 12 ? step : 0,
    width: 90,
    height: 60,
    ...((index + step) % 5 === 0 ? { color: String(((index + step) % 6) + 1) } : {}),
  })).filter((_, index) => (index + step) % 7 !== 0);
  const edges = nodes.slice(1).map((node, index) => ({ id: `e${index}`, fromNode: nodes[index]?.id, toNode: node.id }));
  return JSON.stringify({ nodes, edges });
}
