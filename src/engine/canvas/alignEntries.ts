import type { CanvasEntry } from "./document";

/** What has no partner in the other version, by index. */
export interface Unmatched {
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/**
 * Calls `onPair` once for every two entries with one id, and says what is left over.
 *
 * Both lists are walked in step, since most versions keep their order. One entry that was put in, taken out or moved
 * (Obsidian moves a node that is clicked to the end) is set aside and the walk goes on; what was set aside is matched
 * by an index of its own at the end. Pairs are told as they are found, so that a large canvas is walked only once.
 */
export function alignEntries(
  before: readonly CanvasEntry[],
  after: readonly CanvasEntry[],
  onPair: (before: CanvasEntry, after: CanvasEntry, afterIndex: number) => void,
): Unmatched {
  const asideBefore: number[] = [];
  const asideAfter: number[] = [];
  let b = 0;
  let a = 0;
  for (;;) {
    const old = before[b];
    const now = after[a];
    if (old === undefined || now === undefined) break;
    if (old.id === now.id) {
      onPair(old, now, a);
      b += 1;
      a += 1;
    } else if (before[b + 1]?.id === now.id) {
      asideBefore.push(b++);
    } else if (after[a + 1]?.id === old.id) {
      asideAfter.push(a++);
    } else {
      asideBefore.push(b++);
      asideAfter.push(a++);
    }
  }
  while (b < before.length) asideBefore.push(b++);
  while (a < after.length) asideAfter.push(a++);
  return matchAside(before, after, asideBefore, asideAfter, onPair);
}

function matchAside(
  before: readonly CanvasEntry[],
  after: readonly CanvasEntry[],
  removed: readonly number[],
  added: readonly number[],
  onPair: (before: CanvasEntry, after: CanvasEntry, afterIndex: number) => void,
): Unmatched {
  if (removed.length === 0 || added.length === 0) return { removed, added };
  const placeOf = new Map<string | undefined, number>();
  for (const [place, index] of removed.entries()) placeOf.set(before[index]?.id, place);
  const matched = new Uint8Array(removed.length);
  const unmatched: number[] = [];
  for (const index of added) {
    const now = after[index];
    const place = placeOf.get(now?.id);
    const old = place === undefined ? undefined : before[removed[place] ?? -1];
    if (place === undefined || old === undefined || now === undefined) {
      unmatched.push(index);
    } else {
      matched[place] = 1;
      onPair(old, now, index);
    }
  }
  return { removed: removed.filter((_, place) => matched[place] === 0), added: unmatched };
}
