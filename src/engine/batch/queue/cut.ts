import type { KeyedQueue } from "./keyedQueue";
import type { Level } from "./level";
import type { QueueItem, QueueKey } from "./queueKey";

export interface CutLimits {
  readonly items: number;
  readonly bytes: number;
}

/** What one batch takes from the queue. Its keys are held until they are released. */
export interface Cut<T> {
  readonly items: readonly QueueItem<T>[];
  readonly keys: readonly QueueKey<T>[];
}

/**
 * Takes the next batch: key after key in the order of their turns, each with as many of its items as still fit, so that
 * a full key fills a batch alone and other keys can travel beside it in other batches. Null when nothing is ready.
 */
export function cutBatch<T>(queue: KeyedQueue<T>, limits: CutLimits, now: number): Cut<T> | null {
  const items: QueueItem<T>[] = [];
  const keys: QueueKey<T>[] = [];
  const served = new Set<Level>();
  let bytes = 0;
  while (items.length < limits.items) {
    const turn = queue.hold(now);
    if (turn === null) break;
    const before = items.length;
    bytes = fill(queue, turn.key, items, bytes, limits);
    if (items.length === before) {
      queue.release([turn.key], now);
      break;
    }
    keys.push(turn.key);
    served.add(turn.level);
  }
  queue.served(served, now);
  return items.length === 0 ? null : { items, keys };
}

/** Adds what fits of one key and returns the bytes of the batch. The first item of a batch always fits. */
function fill<T>(
  queue: KeyedQueue<T>,
  key: QueueKey<T>,
  items: QueueItem<T>[],
  bytes: number,
  limits: CutLimits,
): number {
  let total = bytes;
  for (let next = key.items.first; next !== null && items.length < limits.items; next = key.items.first) {
    if (items.length > 0 && total + next.bytes > limits.bytes) break;
    const taken = queue.take(key);
    if (taken === null) break;
    items.push(taken);
    total += taken.bytes;
  }
  return total;
}
