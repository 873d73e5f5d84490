import type { ContainerSpan, Span } from "./jsonSpans";
import type { TextEdit } from "./textEdits";

/** White space inside a list or an object that has no items yet: before the first item, and behind the last one. */
export interface Padding {
  readonly lead: string;
  readonly tail: string;
}

/**
 * Takes items out of a list or an object and puts others at its end. What stands between the kept items stays as it
 * is, and a new item is parted from its neighbour like the last two before it.
 */
export function sequenceEdits(
  text: string,
  container: ContainerSpan<Span>,
  removed: ReadonlySet<number>,
  added: readonly string[],
  emptyPadding: Padding,
): readonly TextEdit[] {
  const { items } = container;
  const inner = { start: container.start + 1, end: container.end - 1 };
  const first = items[0];
  const last = items.at(-1);
  if (first === undefined || last === undefined) {
    if (added.length === 0) return [];
    const { lead, tail } = emptyPadding;
    return [{ ...inner, text: lead + added.join(`,${lead}`) + tail }];
  }
  const separator = separatorOf(text, container);
  let lastKept = items.length - 1;
  while (removed.has(lastKept)) lastKept -= 1;
  if (lastKept === -1) {
    return added.length === 0
      ? [{ ...inner, text: "" }]
      : [{ start: first.start, end: last.end, text: added.join(separator) }];
  }
  return [
    ...innerRemovals(items, removed, lastKept),
    ...endEdit(
      items,
      lastKept,
      added.map((item) => separator + item),
    ),
  ];
}

/** What parts the last two items, comma included; for a lone item a comma and what stands before it. */
export function separatorOf(text: string, container: ContainerSpan<Span>): string {
  const [beforeLast, last] = container.items.slice(-2);
  if (beforeLast !== undefined && last !== undefined) return text.slice(beforeLast.end, last.start);
  return `,${text.slice(container.start + 1, beforeLast?.start ?? container.start + 1)}`;
}

function innerRemovals(items: readonly Span[], removed: ReadonlySet<number>, lastKept: number): readonly TextEdit[] {
  return [...removed].flatMap((index) => {
    const item = items[index];
    const next = items[index + 1];
    return index < lastKept && item !== undefined && next !== undefined
      ? [{ start: item.start, end: next.start, text: "" }]
      : [];
  });
}

function endEdit(items: readonly Span[], lastKept: number, added: readonly string[]): readonly TextEdit[] {
  const start = items[lastKept]?.end;
  const end = items.at(-1)?.end;
  if (start === undefined || end === undefined || (start === end && added.length === 0)) return [];
  return [{ start, end, text: added.join("") }];
}
