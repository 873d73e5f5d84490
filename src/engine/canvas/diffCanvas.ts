import { alignEntries } from "./alignEntries";
import { changedKeys } from "./changedKeys";
import type { CanvasDiff, EntryChange } from "./diff";
import type { CanvasDocument, CanvasEntry } from "./document";

/** What happened from one version to the next, by id. A new order of the same entries is no change. */
export function diffCanvas(before: CanvasDocument, after: CanvasDocument): CanvasDiff {
  return { nodes: diffEntries(before.nodes, after.nodes), edges: diffEntries(before.edges, after.edges) };
}

interface Placed {
  /** Index in the new version. */
  readonly index: number;
  readonly change: EntryChange;
}

function diffEntries(before: readonly CanvasEntry[], after: readonly CanvasEntry[]): readonly EntryChange[] {
  const placed: Placed[] = [];
  const { removed, added } = alignEntries(before, after, (old, now, index) => {
    const keys = changedKeys(old, now);
    if (keys !== null) placed.push({ index, change: { kind: "changed", id: now.id, before: old, after: now, keys } });
  });
  for (const index of added) {
    const entry = after[index];
    if (entry !== undefined) placed.push({ index, change: { kind: "added", id: entry.id, after: entry } });
  }
  const removals = removed.flatMap((index): EntryChange[] => {
    const entry = before[index];
    return entry === undefined ? [] : [{ kind: "removed", id: entry.id, before: entry }];
  });
  return [...placed.sort((a, b) => a.index - b.index).map(({ change }) => change), ...removals];
}
