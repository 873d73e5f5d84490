import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NodeDataFolder } from "../../src/adapters/node/nodeDataFolder";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";
import { nobleHasher } from "../../src/adapters/system/nobleHasher";
import type { Hasher } from "../../src/engine/kernel/hash";
import { silentLogger } from "../../src/engine/kernel/logger";
import { openJournal } from "../../src/engine/journal/openJournal";
import { readEvent } from "../../src/engine/learning/readEvent";
import { DEVICE, madeEvents } from "./madeEvents";
import { inRounds, perSecond, publish, ratio, spread, times, type Variant } from "./measure";

const TOTAL = 20_000;
const rows: string[][] = [];
for (const group of [64, 1_000]) {
  const [limit, ours, plugin] = await inRounds([limitVariant(group), journalVariant(group, nodeHasher), journalVariant(group, nobleHasher)]);
  rows.push([`groups of ${group}: JSON.stringify + one write + fdatasync (the limit)`, spread(limit, perSecond), "1"]);
  rows.push([`groups of ${group}: events minted, checked, journaled, headless`, spread(ours, perSecond), times(ratio(ours, limit))]);
  rows.push([`groups of ${group}: the same with the plugin's own hashing`, spread(plugin, perSecond), times(ratio(plugin, limit))]);
}

publish({
  title: "Journal appends",
  about: `${TOTAL.toLocaleString("en")} events, each awaited with its group. Ours includes the id (SHA-256), the order clock, the checksum, the duplicate check and \`fdatasync\`; the limit writes the same events without any of these but \`fdatasync\`. Aim headless: 0.3 × the limit. Inside Obsidian the disk goes through its adapter, which cannot be measured here.`,
  columns: ["work", "events", "to the limit"],
  rows,
});

function limitVariant(group: number): Variant {
  return {
    name: "limit",
    run: () =>
      inFolder(async (folder) => {
        const events = madeEvents(nodeHasher, TOTAL).map((event, index) => ({ ...event, seq: index + 1, crc: "00000000" }));
        const file = await open(join(folder, "limit.ndjson"), "a");
        const started = performance.now();
        for (let at = 0; at < TOTAL; at += group) {
          await file.write(events.slice(at, at + group).map((event) => `${JSON.stringify(event)}\n`).join(""));
          await file.datasync();
        }
        const seconds = (performance.now() - started) / 1_000;
        await file.close();
        return TOTAL / seconds;
      }),
  };
}

function journalVariant(group: number, hasher: Hasher): Variant {
  return {
    name: hasher === nodeHasher ? "headless" : "plugin",
    run: () =>
      inFolder(async (path) => {
        const folder = new NodeDataFolder(path);
        const codec = { hasher, readEvent };
        const journal = await openJournal({ folder, codec, device: DEVICE, logger: silentLogger });
        const started = performance.now();
        for (let at = 0; at < TOTAL; at += group) await journal.append(madeEvents(hasher, group, 0, at));
        const seconds = (performance.now() - started) / 1_000;
        await folder.close();
        return TOTAL / seconds;
      }),
  };
}

async function inFolder(work: (folder: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "canvas-engram-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
