import type { Priority } from "../../learning/event";
import type { ItemResult } from "../itemResult";

/** Positions from the first to the last, both of them. */
export type Span = readonly [from: number, to: number];

/**
 * What happens to a task after its creation. Its log keeps these in order, and folding them again gives the same task.
 * `at` is epoch milliseconds.
 */
export type TaskFact =
  | { readonly kind: "started"; readonly item: number; readonly at: number }
  | { readonly kind: "ended"; readonly result: ItemResult }
  /** It was under way and waits again, its attempts counted. */
  | { readonly kind: "returned"; readonly item: number }
  | { readonly kind: "paused" | "resumed"; readonly at: number }
  /** Whatever waits goes; what runs ends by itself. */
  | { readonly kind: "cancelled"; readonly at: number }
  | { readonly kind: "priority"; readonly priority: Priority }
  /** Those of them that failed wait again. */
  | { readonly kind: "retried"; readonly at: number; readonly spans: readonly Span[] };

/** Positions in rising order as spans. */
export function spansOf(items: Iterable<number>): readonly Span[] {
  const spans: [number, number][] = [];
  for (const item of items) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === item - 1) last[1] = item;
    else spans.push([item, item]);
  }
  return spans;
}
