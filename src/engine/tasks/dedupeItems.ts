/** An item that was left out, and the position of the one that was kept in its place; both in the list that was given. */
export interface DroppedItem {
  readonly item: number;
  readonly sameAs: number;
}

export interface DedupedItems<T> {
  readonly kept: readonly T[];
  readonly dropped: readonly DroppedItem[];
}

/** Each key once: the first item of it is kept. */
export function dedupeItems<T>(items: Iterable<T>, keyOf: (item: T) => string): DedupedItems<T> {
  const kept: T[] = [];
  const dropped: DroppedItem[] = [];
  const first = new Map<string, number>();
  let position = 0;
  for (const item of items) {
    const key = keyOf(item);
    const sameAs = first.get(key);
    if (sameAs === undefined) {
      first.set(key, position);
      kept.push(item);
    } else {
      dropped.push({ item: position, sameAs });
    }
    position += 1;
  }
  return { kept, dropped };
}
