import type { BatchSettled } from "../batch/dispatch/batchFact";
import type { ItemCounts } from "../batch/policy/itemCounts";

type Place = Exclude<keyof ItemCounts, "accepted">;

/**
 * Moves events from one place to another. What the first place is short of was accepted without being counted there
 * (another device's events, dead letters of an earlier run) and counts as accepted now.
 */
export function moved(counts: ItemCounts, from: Place, to: Place, count: number): ItemCounts {
  const known = Math.min(count, counts[from]);
  const left = { ...counts, accepted: counts.accepted + count - known, [from]: counts[from] - known };
  return { ...left, [to]: left[to] + count };
}

/** New events of a store. */
export function accepted(counts: ItemCounts, to: Place, count: number): ItemCounts {
  return { ...counts, accepted: counts.accepted + count, [to]: counts[to] + count };
}

/** The journal was counted: what memory does not hold of what is pending waits there. */
export function counted(counts: ItemCounts, pending: number, dead: number): ItemCounts {
  const deferred = Math.max(0, pending - counts.waiting - counts.inFlight);
  return balanced({ ...counts, deferred, dead });
}

/** The journal was read to its end: nothing waits there any more, whatever was thought before. */
export function caughtUp(counts: ItemCounts): ItemCounts {
  return balanced({ ...counts, deferred: 0 });
}

export function batchSettled(counts: ItemCounts, settled: BatchSettled): ItemCounts {
  const stored = moved(counts, "inFlight", "stored", settled.stored);
  const dead = moved(stored, "inFlight", "dead", settled.failed);
  return moved(moved(dead, "inFlight", "waiting", settled.returned), "inFlight", "deferred", settled.deferred);
}

/** Figures from zero: what has been done is forgotten, what is still to be done stays where it is. */
export function countedAnew(counts: ItemCounts): ItemCounts {
  return balanced({ ...counts, stored: 0, cancelled: 0 });
}

function balanced(counts: ItemCounts): ItemCounts {
  const { stored, deferred, dead, waiting, inFlight, cancelled } = counts;
  return { ...counts, accepted: stored + deferred + dead + waiting + inFlight + cancelled };
}
