import type { Occurrences } from "./occurrences";

/** Times of a schedule that follow one another without a gap, both ends included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** A clock that was put back further than these reach may bring a time that ran before. */
const MOST_SPANS = 32;

/**
 * The times that ran, as spans. The last time alone would not do: after a clock that was years ahead was put right, it
 * would hold up a schedule for years, or let times before it run twice.
 */
export function withTime(ran: readonly TimeSpan[], time: number, occurrences: Occurrences): readonly TimeSpan[] {
  const last = ran[ran.length - 1];
  if (last !== undefined && occurrences.after(last.to) === time) {
    return [...ran.slice(0, -1), { from: last.from, to: time }];
  }
  return [...ran, { from: time, to: time }].slice(-MOST_SPANS);
}

/** The span that has a time; null when it did not run. */
export function spanOf(ran: readonly TimeSpan[], time: number): TimeSpan | null {
  return ran.find(({ from, to }) => from <= time && time <= to) ?? null;
}
