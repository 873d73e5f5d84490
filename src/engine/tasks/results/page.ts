import type { ItemResult } from "../itemResult";

/** A page holds results of up to 10 kB and more each: this many stay a few megabytes. */
const MOST = 500;

export interface PageRequest {
  /**
   * - `time`: every line, oldest first; `from` counts lines. An item that was retried has several.
   * - `item`: the last line of each item, by position; `from` is a position.
   */
  readonly order: "time" | "item";
  readonly from: number;
  /** 1 to 500. */
  readonly limit: number;
}

export interface ResultPage {
  readonly lines: readonly ItemResult[];
  /** What to ask `from` next; null at the end of what there is now. */
  readonly next: number | null;
}

/**
 * One page of a task's results. It holds no more lines than it gives. In the order of time it stops reading behind its
 * last line; in the order of items it reads all of them, because any line may be an item's last.
 * Throws RangeError for numbers that make no page.
 */
export async function page(results: AsyncIterable<ItemResult>, request: PageRequest): Promise<ResultPage> {
  checkPage(request);
  return request.order === "time" ? byTime(results, request) : byItem(results, request);
}

/** Throws RangeError for numbers that make no page. */
export function checkPage({ from, limit }: PageRequest): void {
  requireWhole("from", from, 0, Number.MAX_SAFE_INTEGER);
  requireWhole("limit", limit, 1, MOST);
}

async function byTime(results: AsyncIterable<ItemResult>, { from, limit }: PageRequest): Promise<ResultPage> {
  const lines: ItemResult[] = [];
  let index = 0;
  for await (const line of results) {
    if (lines.length === limit) return { lines, next: from + limit };
    if (index >= from) lines.push(line);
    index += 1;
  }
  return { lines, next: null };
}

async function byItem(results: AsyncIterable<ItemResult>, { from, limit }: PageRequest): Promise<ResultPage> {
  const end = from + limit;
  const found = new Map<number, ItemResult>();
  let next: number | null = null;
  for await (const line of results) {
    if (line.item >= from && line.item < end) found.set(line.item, line);
    // Items that have no line yet leave gaps, which a caller that goes on page by page need not walk through.
    if (line.item >= end && (next === null || line.item < next)) next = line.item;
  }
  const lines = [...found.values()].sort((a, b) => a.item - b.item);
  return { lines, next };
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`expected ${name} to be a whole number from ${least} to ${most}, got ${value}`);
}
