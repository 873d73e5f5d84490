import type { Range } from "../journal/ranges";

/** The events that a graph has: by device, rising ranges of `seq` that neither touch nor overlap. */
export type Covered = ReadonlyMap<string, readonly Range[]>;

export function sameCovered(a: Covered, b: Covered): boolean {
  return a.size === b.size && [...a].every(([device, ranges]) => sameRanges(ranges, b.get(device) ?? []));
}

function sameRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return a.length === b.length && a.every(([from, to], index) => from === b[index]?.[0] && to === b[index]?.[1]);
}
