import type { Level } from "./level";
import type { QueueKey, Queued } from "./queueKey";
import type { TurnQueue } from "./turnQueue";

export interface CutLimits {
  readonly items: number;
  readonly bytes: number;
  /** The most items of one key; as many as fit when it is not said. Items without a key are not counted. */
  readonly perKey?: number;
}

/** What one batch takes from the queue. Its keys are held until they are released. */
export interface Cut<I extends Queued<I>> {
  readonly items: readonly I[];
  readonly keys: readonly QueueKey<I>[];
}

/**
 * Takes the next batch: key after key in the order of their turns, each with as many of its items as still fit, so that
 * a full key fills a batch alone and other keys can travel beside it in other batches. Null when nothing is ready.
 */
export function cutBatch<I extends Queued<I>>(queue: TurnQueue<I>, limits: CutLimits, now: number): Cut<I> | null {
  const items: I[] = [];
  const keys: QueueKey<I>[] = [];
  const served = new Set<Level>();
  let bytes = 0;
  while (items.length < limits.items) {
    const turn = queue.hold(now);
    if (turn === null) break;
    const before = items.length;
    bytes = fill(queue, turn.key, items, bytes, limits);
    if (items.length === before) {
      queue.giveBack(turn);
      break;
    }
    served.add(turn.level);
    if (turn.key.ordered) keys.push(turn.key);
    else queue.release([turn.key], now);
  }
  queue.served(served, now);
  return items.length === 0 ? null : { items, keys };
}

/** Adds what fits of one key and returns the bytes of the batch. The first item of a batch always fits. */
function fill<I extends Queued<I>>(
  queue: TurnQueue<I>,
  key: QueueKey<I>,
  items: I[],
  bytes: number,
  limits: CutLimits,
): number {
  const perKey = key.ordered ? (limits.perKey ?? Infinity) : Infinity;
  const end = Math.min(limits.items, items.length + perKey);
  let total = bytes;
  for (let next = key.items.first; next !== null && items.length < end; next = key.items.first) {
    if (items.length > 0 && total + next.bytes > limits.bytes) break;
    const taken = queue.take(key);
    if (taken === null) break;
    items.push(taken);
    total += taken.bytes;
  }
  return total;
}
