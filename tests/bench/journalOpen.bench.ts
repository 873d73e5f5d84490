import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NodeDataFolder } from "../../src/adapters/node/nodeDataFolder";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";
import { silentLogger } from "../../src/engine/kernel/logger";
import { encodeLine, placeEvent } from "../../src/engine/journal/line";
import { openJournal } from "../../src/engine/journal/openJournal";
import { readEvent } from "../../src/engine/learning/readEvent";
import { DEVICE, madeEvents } from "./madeEvents";
import { inRounds, milliseconds, ms, publish, ratio, spread, times } from "./measure";

const EVENTS = 1_000_000;
const SEGMENT = 8_000;

const folder = await mkdtemp(join(tmpdir(), "canvas-engram-bench-"));
const journalFolder = join(folder, "devices", DEVICE, "journal");
await writeJournal();

let peak = 0;
const [bare, ours] = await inRounds(
  [
    { name: "bare", run: () => milliseconds(bareParse) },
    { name: "ours", run: () => milliseconds(openOurs) },
  ],
  3,
);
await rm(folder, { recursive: true, force: true });

publish({
  title: "Opening a journal of 1,000,000 events",
  about: `Ours verifies every checksum and builds the index of duplicates, everything folded already. The bare pass streams the same files and parses each line. Memory is what the process grew by while opening: ${Math.round(peak / 2 ** 20)} MB, of which the index of duplicates needs at most 16 bytes an event. Aim: 1.5 × and below 110 MB in all.`,
  columns: ["work", "time", "to the bare parse"],
  rows: [
    ["streaming JSON.parse of every line (the limit)", spread(bare, ms), "1"],
    ["open the journal", spread(ours, ms), times(ratio(ours, bare))],
  ],
});

async function writeJournal(): Promise<void> {
  await mkdir(journalFolder, { recursive: true });
  for (let at = 0, segment = 1; at < EVENTS; at += SEGMENT, segment += 1) {
    const events = madeEvents(nodeHasher, Math.min(SEGMENT, EVENTS - at), segment, at);
    const lines = events.map((event, index) => encodeLine(placeEvent(event, at + index + 1), nodeHasher));
    await writeFile(join(journalFolder, `${String(segment).padStart(6, "0")}.ndjson`), lines.join(""));
  }
}

async function bareParse(): Promise<void> {
  let count = 0;
  for (const name of (await readdir(journalFolder)).sort()) {
    let rest = "";
    for await (const chunk of createReadStream(join(journalFolder, name), { encoding: "utf8", highWaterMark: 256 * 1024 })) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        JSON.parse(line);
        count += 1;
      }
    }
  }
  if (count !== EVENTS) throw new Error(`read ${count} lines`);
}

async function openOurs(): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const data = new NodeDataFolder(folder);
  const codec = { hasher: nodeHasher, readEvent };
  const journal = await openJournal({ folder: data, codec, device: DEVICE, logger: silentLogger });
  if (journal.counts.events !== EVENTS) throw new Error(`opened ${journal.counts.events} events`);
  peak = Math.max(peak, process.memoryUsage.rss() - before);
  await data.close();
}
