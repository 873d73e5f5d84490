import { expect } from "vitest";
import type { ItemCounts } from "../../../src/engine/batch/policy/itemCounts";

/** Every accepted event is in exactly one place, and no place holds less than none. */
export function expectBalanced(counts: ItemCounts): void {
  const { accepted, stored, deferred, dead, waiting, inFlight, cancelled } = counts;
  expect(stored + deferred + dead + waiting + inFlight + cancelled, JSON.stringify(counts)).toBe(accepted);
  expect(Math.min(...Object.values<number>({ ...counts })), JSON.stringify(counts)).toBeGreaterThanOrEqual(0);
}
