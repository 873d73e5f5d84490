import type { ItemResult } from "../itemResult";

/**
 * The last line of each item, in the order of time, without holding any: the lines are read twice, first only to learn
 * which ones count. `open` begins a reading from the oldest line; what is added after the first reading is left out.
 */
export async function* lastLinesOnly(open: () => AsyncIterable<ItemResult>): AsyncGenerator<ItemResult> {
  const lastIndex = new Map<number, number>();
  let lines = 0;
  for await (const { item } of open()) {
    lastIndex.set(item, lines);
    lines += 1;
  }
  let index = 0;
  for await (const line of open()) {
    if (index === lines) return;
    if (lastIndex.get(line.item) === index) yield line;
    index += 1;
  }
}
