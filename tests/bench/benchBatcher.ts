import { createSystemClock } from "../../src/adapters/system/systemClock";
import { createSystemRandom } from "../../src/adapters/system/systemRandom";
import { Batcher } from "../../src/engine/batch/batcher/batcher";
import { defaultBatcherSettings, type BatcherSettings } from "../../src/engine/batch/batcher/batcherSettings";
import type { BatchSink } from "../../src/engine/batch/batcher/sink";
import type { ItemEnd, SubmitOptions } from "../../src/engine/batch/batcher/submission";
import { silentLogger, type Priority } from "../../src/engine/index";

const priorities: readonly Priority[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];
const KEYS = Array.from({ length: 100 }, (_, key) => `canvas ${key}.canvas`);

/** Answers at once. */
export const idleSink: BatchSink<number, number> = {
  write: async (items) => items.map((value) => ({ kind: "done", value })),
};

/** A batcher on the real clock, started. */
export function openBatcher(settings: Partial<BatcherSettings>, sink: BatchSink<number, number> = idleSink): Batcher<number, number> {
  const clock = createSystemClock();
  const batcher = new Batcher<number, number>({ clock, random: createSystemRandom(), logger: silentLogger, sink, settings: { ...defaultBatcherSettings, ...settings } });
  batcher.start();
  return batcher;
}

/** Priorities, keys with an order and a deduplication key: everything that a queue may have to look after. */
export function keyedOptions(item: number): SubmitOptions {
  return { priority: priorities[item % 4] ?? "LOW", key: KEYS[item % KEYS.length] ?? "", dedupeKey: `item ${item}` };
}

export function submitAllOf(batcher: Batcher<number, number>, items: readonly number[]): Promise<readonly ItemEnd<number>[]> {
  return batcher.submitAll(items, keyedOptions);
}
