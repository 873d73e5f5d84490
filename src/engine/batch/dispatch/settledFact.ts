import type { TripEnd } from "./bringHome";
import type { BatchFact, PriorityCounts } from "./batchFact";
import { priorityAt } from "../queue/level";
import type { ParcelItem } from "./parcel";

export interface BatchFigures {
  readonly store: string;
  readonly batch: number;
  readonly cutAt: number;
  readonly attempts: number;
  readonly writeMs: number;
  /** What came back stays in the journal. */
  readonly over: boolean;
  /** Epoch milliseconds of its end. */
  readonly time: number;
}

/** The one fact that says where every event of a batch is now. */
export function settledFact(
  delivered: TripEnd,
  figures: BatchFigures,
  now: number,
): BatchFact & { readonly kind: "batch-settled" } {
  const { stored, dead, back } = delivered;
  const { store, batch, cutAt, attempts, writeMs, over, time } = figures;
  return {
    store,
    kind: "batch-settled",
    batch,
    events: stored.length + dead.length + back.length,
    stored: stored.length,
    failed: dead.length,
    returned: over ? 0 : back.length,
    deferred: over ? back.length : 0,
    ms: now - cutAt,
    writeMs,
    attempts,
    bytes: bytesOf(stored) + bytesOf(dead) + bytesOf(back),
    latenciesMs: stored.map((item) => now - item.enqueuedAt),
    priorities: prioritiesOf([...stored, ...dead]),
    at: now,
    time,
  };
}

function bytesOf(items: readonly ParcelItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}

function prioritiesOf(items: readonly ParcelItem[]): PriorityCounts {
  const counts = { LOW: 0, NORMAL: 0, HIGH: 0, CRITICAL: 0 };
  for (const item of items) counts[priorityAt(item.level)] += 1;
  return counts;
}
