import type { BatchSink } from "../../src/engine/batch/batcher/sink";
import type { Priority } from "../../src/engine/index";
import { openBatcher } from "./benchBatcher";
import { ms, publish, spread, summary, times, type Measured } from "./measure";

const ROUNDS = 5;
const LINGER = 100;
const AGEING = 200;
/** Levels that a LOW item climbs until it stands beside a HIGH one. */
const LEVELS = 2;
const LANES = 10;
const STRETCH = 3_000;
const SLOW = 1_000;

const pause = (length: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, length));

async function loneItem(): Promise<number> {
  const batcher = openBatcher({ lingerMs: LINGER });
  const started = performance.now();
  await batcher.submit(1);
  const taken = performance.now() - started;
  await batcher.stop(0);
  return taken - LINGER;
}

/** Milliseconds until one LOW item starts that stands behind 100,000 HIGH ones. */
async function lowAmongHigh(): Promise<number> {
  let startedAt = Number.NaN;
  const sink: BatchSink<number, number> = {
    write: async (items) => {
      if (items.includes(-1)) startedAt = performance.now();
      await pause(1);
      return items.map((value) => ({ kind: "done", value }));
    },
  };
  const batcher = openBatcher({ queueItems: 200_000, batchSize: 10, adaptive: false, concurrency: 1, ageingMs: AGEING, lingerMs: 0 }, sink);
  const high = batcher.submitAll(Array.from({ length: 100_000 }, (_, item) => item), { priority: "HIGH" });
  const from = performance.now();
  await batcher.submit(-1, { priority: "LOW" });
  await batcher.stop(0);
  await high;
  return startedAt - from;
}

/** Items a second of all lanes but the last, whose store takes `lastMs` for a batch. */
async function othersBeside(lastMs: number): Promise<number> {
  let done = 0;
  const sink: BatchSink<number, number> = {
    write: async (items, { domain }) => {
      await pause(domain === "lane 9" ? lastMs : 2);
      if (domain !== "lane 9") done += items.length;
      return items.map((value) => ({ kind: "done", value }));
    },
  };
  const batcher = openBatcher({ queueItems: 1_000_000, batchSize: 10, adaptive: false, concurrency: LANES, lingerMs: 0 }, sink);
  const priority: Priority = "NORMAL";
  const all = Array.from({ length: LANES }, (_, lane) =>
    batcher.submitAll(Array.from({ length: 50_000 }, (_, item) => item), { domain: `lane ${lane}`, priority }),
  );
  await pause(STRETCH);
  const rate = done / (STRETCH / 1_000);
  await batcher.stop(0);
  await Promise.all(all);
  return rate;
}

const lone: number[] = [];
const low: number[] = [];
const alike: number[] = [];
const slow: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (let item = 0; item < 10; item += 1) lone.push(await loneItem());
  low.push(await lowAmongHigh());
  alike.push(await othersBeside(2));
  slow.push(await othersBeside(SLOW));
}

const kept: Measured = summary("", slow.map((rate, round) => rate / (alike[round] ?? Number.NaN)));
publish({
  title: "Waiting in the batcher",
  about: `One item alone waits for its linger of ${LINGER} ms; the figure is what comes on top. A LOW item behind 100,000 HIGH ones, in batches of 10 of which one is under way at a time: it counts as HIGH after ${LEVELS} × ${AGEING} ms of ageing. Ten lanes share ten slots; one store takes ${SLOW} ms for a batch where the others take 2 ms: what the others still do. Aims: 5 ms; ${LEVELS * AGEING} ms and one batch; 95 %.`,
  columns: ["work", "figure"],
  rows: [
    ["one lone item, above its linger", spread(summary("", lone), ms)],
    ["a LOW item among 100,000 HIGH ones starts after", spread(summary("", low), ms)],
    ["nine lanes beside a slow one, to ten lanes alike", spread(kept, times)],
  ],
});
