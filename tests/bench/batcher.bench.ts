import type { Batcher } from "../../src/engine/batch/batcher/batcher";
import { ITEMS, peers, restPeers, type Peer } from "./batcherPeers";
import { keyedOptions, openBatcher, submitAllOf } from "./benchBatcher";
import { inRounds, perSecond, publish, ratio, spread, type Measured } from "./measure";

const ROUNDS = 5;

const ours: readonly Peer[] = [
  { name: "ours: submit, a promise for each item", items: ITEMS, fill: () => filled((batcher) => items().map((item) => batcher.submit(item, keyedOptions(item)))) },
  { name: "ours: submitAll, one promise for all", items: ITEMS, fill: () => filled((batcher) => [submitAllOf(batcher, items())]) },
];
const all = [...peers, ...ours];

// An app has its queue all along. Without one of each at rest every round would measure how code gets warm.
const resident = openBatcher({});
const restingPeers = restPeers();

function items(): readonly number[] {
  return Array.from({ length: ITEMS }, (_, item) => item);
}

function filled(submit: (batcher: Batcher<number, number>) => readonly Promise<unknown>[]): () => Promise<unknown> {
  const batcher = openBatcher({ queueItems: ITEMS });
  batcher.pause("default");
  const all = submit(batcher);
  return async () => {
    batcher.resume("default");
    await Promise.all(all);
    await batcher.stop(0);
  };
}

const speed = await inRounds(
  all.map(({ name, items: count, fill }) => ({
    name,
    run: async () => {
      const started = performance.now();
      await fill()();
      return count / ((performance.now() - started) / 1_000);
    },
  })),
  ROUNDS,
);

const memory = await inRounds(
  all.map(({ name, items: count, fill }) => ({
    name,
    run: async () => {
      await settled();
      const before = process.memoryUsage().heapUsed;
      const open = fill();
      await settled();
      const bytes = (process.memoryUsage().heapUsed - before) / count;
      await open();
      return bytes;
    },
  })),
  3,
);

await resident.stop(0);
for (const rest of restingPeers) rest();

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
}

const named = (list: readonly Measured[], part: string): Measured | undefined => list.find(({ name }) => name.startsWith(part));
const against = (measured: Measured | undefined, part: string): string => `${ratio(measured, named(speed, part)).toFixed(2)} ×`;

publish({
  title: "The batcher beside queues of other libraries",
  about: `${ITEMS.toLocaleString("en")} items that do nothing, queued behind a shut gate and then run, 10 at once (batches of 200 where there are batches). Ours with 4 priorities, 100 keys in order and a deduplication key for each item, the bound raised to ${ITEMS.toLocaleString("en")}. Memory is what the heap grew by for one waiting item, the promise that its caller holds and its key's text included. Aims: \`submit\` 2.5 × p-queue, 0.5 × dataloader, below 450 bytes; \`submitAll\` 4 × p-queue, 1 × dataloader, below 150 bytes.`,
  columns: ["queue", "items", "bytes a waiting item", "to p-queue", "to dataloader"],
  rows: all.map(({ name }) => {
    const measured = named(speed, name);
    const bytes = spread(named(memory, name), (figure) => Math.round(figure).toString());
    return [name, spread(measured, perSecond), bytes, against(measured, "p-queue, first"), against(measured, "dataloader, no")];
  }),
});
