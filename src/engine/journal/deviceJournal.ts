import type { Fingerprints } from "./fingerprints";
import { RangeSet } from "./ranges";

/** What a pass over one segment found. */
export interface SegmentFacts {
  readonly number: number;
  readonly path: string;
  /** Bytes when it was listed. */
  readonly size: number;
  /** Smallest and greatest seq of the lines that have their place; null when there is none. */
  readonly first: number | null;
  readonly last: number | null;
  /** Lines that could not be read. An unfinished last line is none of them. */
  readonly bad: number;
  /** Lines of a newer version. */
  readonly newer: number;
  /** Lines whose event is in a journal already. */
  readonly duplicates: number;
  /** Lines that have no place here: their seq is not greater than every one before, or they are of another device. */
  readonly misplaced: number;
  /** Whether the file does not end with a newline. */
  readonly open: boolean;
}

export function emptySegment(number: number, path: string): SegmentFacts {
  return { number, path, size: 0, first: null, last: null, bad: 0, newer: 0, duplicates: 0, misplaced: 0, open: false };
}

/**
 * What is known of one device's journal. A line has its place when its seq is greater than every one before it in the
 * segments, in their order; any other line (a restored backup, two copies merged by a sync tool) has none.
 */
export class DeviceJournal {
  /** Places whose event can be read here and was in no journal before. */
  readonly present = new RangeSet();
  /** By number. */
  private readonly segments = new Map<number, SegmentFacts>();

  constructor(readonly device: string) {}

  /** In the order of their numbers. */
  get facts(): readonly SegmentFacts[] {
    return [...this.segments.values()].sort((a, b) => a.number - b.number);
  }

  get lastSegment(): SegmentFacts | null {
    return this.facts.at(-1) ?? null;
  }

  /** Of all its segments. */
  get bytes(): number {
    let bytes = 0;
    for (const { size } of this.segments.values()) bytes += size;
    return bytes;
  }

  /** The greatest seq of any line, 0 when there is none. */
  get lastSeq(): number {
    return this.lastSeqBefore(Number.POSITIVE_INFINITY);
  }

  /** The greatest seq in the segments before this number, 0 when there is none. */
  lastSeqBefore(number: number): number {
    let last = 0;
    for (const facts of this.segments.values()) {
      if (facts.number < number && facts.last !== null) last = Math.max(last, facts.last);
    }
    return last;
  }

  segment(number: number): SegmentFacts | null {
    return this.segments.get(number) ?? null;
  }

  keep(facts: SegmentFacts): void {
    this.segments.set(facts.number, facts);
  }

  /**
   * Puts an event on its place. `known`: it stands there, `replaced`: another one stood there, `duplicate`: the event has
   * another place.
   */
  take(seq: number, ids: Fingerprints, text: string, offset: number): "new" | "known" | "replaced" | "duplicate" {
    if (this.present.has(seq)) return ids.add(text, offset) ? "replaced" : "known";
    if (!ids.add(text, offset)) return "duplicate";
    this.present.add(seq);
    return "new";
  }
}
