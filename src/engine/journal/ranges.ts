/** Both ends belong to the range. */
export type Range = readonly [from: number, to: number];

/** The questions that a set answers, for those who may not change it. */
export type ReadonlyRanges = Pick<
  RangeSet,
  "count" | "last" | "has" | "touches" | "ranges" | "values" | "minus" | "copy"
>;

/**
 * A set of whole numbers kept as sorted ranges that neither touch nor overlap, so that a million acknowledged places
 * are one pair of numbers.
 */
export class RangeSet {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private size = 0;

  static of(ranges: Iterable<Range>): RangeSet {
    const set = new RangeSet();
    for (const [from, to] of ranges) set.addRange(from, to);
    return set;
  }

  /** How many numbers are in the set. */
  get count(): number {
    return this.size;
  }

  /** The greatest number, or null when there is none. */
  get last(): number | null {
    return this.ends[this.ends.length - 1] ?? null;
  }

  has(value: number): boolean {
    const index = this.rangeEndingFrom(value);
    const start = this.starts[index];
    return start !== undefined && start <= value;
  }

  add(value: number): void {
    const index = this.ends.length - 1;
    // Nearly every number follows the last one.
    if (index >= 0 && this.ends[index] === value - 1) {
      this.ends[index] = value;
      this.size += 1;
    } else {
      this.addRange(value, value);
    }
  }

  addRange(from: number, to: number): void {
    checkRange(from, to);
    // Ranges that touch the new one count as overlapping: they become one with it.
    const first = this.rangeEndingFrom(from - 1);
    const end = this.rangeStartingAfter(to + 1);
    const start = first < end ? Math.min(from, this.starts[first] ?? from) : from;
    const stop = first < end ? Math.max(to, this.ends[end - 1] ?? to) : to;
    this.replace(first, end, [[start, stop]]);
  }

  remove(value: number): void {
    this.removeRange(value, value);
  }

  removeRange(from: number, to: number): void {
    checkRange(from, to);
    const first = this.rangeEndingFrom(from);
    const end = this.rangeStartingAfter(to);
    if (first >= end) return;
    const kept: Range[] = [];
    const start = this.starts[first] ?? from;
    const stop = this.ends[end - 1] ?? to;
    if (start < from) kept.push([start, from - 1]);
    if (stop > to) kept.push([to + 1, stop]);
    this.replace(first, end, kept);
  }

  /** A new set of what is here and not in `other`. */
  minus(other: ReadonlyRanges): RangeSet {
    const rest = this.copy();
    for (const [from, to] of other.ranges()) rest.removeRange(from, to);
    return rest;
  }

  copy(): RangeSet {
    return RangeSet.of(this.ranges());
  }

  /** The ranges in rising order. */
  *ranges(): IterableIterator<Range> {
    for (let index = 0; index < this.starts.length; index += 1) yield this.rangeAt(index);
  }

  /** Every number in rising order. */
  *values(): IterableIterator<number> {
    for (const [from, to] of this.ranges()) {
      for (let value = from; value <= to; value += 1) yield value;
    }
  }

  /** Whether any number from `from` to `to` is in the set. */
  touches(from: number, to: number): boolean {
    const start = this.starts[this.rangeEndingFrom(from)];
    return start !== undefined && start <= to;
  }

  private replace(first: number, end: number, ranges: readonly Range[]): void {
    for (let index = first; index < end; index += 1) this.size -= lengthOf(this.rangeAt(index));
    for (const range of ranges) this.size += lengthOf(range);
    this.starts.splice(first, end - first, ...ranges.map(([from]) => from));
    this.ends.splice(first, end - first, ...ranges.map(([, to]) => to));
  }

  private rangeAt(index: number): Range {
    const from = this.starts[index];
    const to = this.ends[index];
    if (from === undefined || to === undefined) throw new RangeError(`expected a range at ${index}`);
    return [from, to];
  }

  /** Index of the first range that ends at `value` or later. */
  private rangeEndingFrom(value: number): number {
    return lowerBound(this.ends, value);
  }

  /** Index of the first range that starts after `value`. */
  private rangeStartingAfter(value: number): number {
    return lowerBound(this.starts, value + 1);
  }
}

function lengthOf([from, to]: Range): number {
  return to - from + 1;
}

function checkRange(from: number, to: number): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to) return;
  throw new RangeError(`expected whole numbers in order, got ${from} to ${to}`);
}

/** Index of the first item that is `value` or greater. Most questions are about the end, so that is looked at first. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  if (high > 0 && (sorted[high - 1] ?? 0) < value) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
