import type { Covered } from "../../graph/covered";
import type { JournalReader } from "../../journal/journal";
import { RangeSet } from "../../journal/ranges";
import type { LearningEvent } from "../../learning/event";

/**
 * Which places of the journals are in the local graph. Exact, since a sync tool may bring the segments of another
 * device in any order.
 */
export class FoldedPlaces {
  private readonly byDevice = new Map<string, RangeSet>();

  constructor(covered: Covered = new Map()) {
    for (const [device, ranges] of covered) this.byDevice.set(device, RangeSet.of(ranges));
  }

  add(events: readonly LearningEvent[]): void {
    for (const { device, seq } of events) this.of(device).add(seq);
  }

  clear(): void {
    this.byDevice.clear();
  }

  /** Places that the journal has and the graph has not. */
  missing(journal: JournalReader, device: string): RangeSet {
    return journal.present(device).minus(this.of(device));
  }

  /** As they are now. */
  covered(): Covered {
    return new Map([...this.byDevice].map(([device, places]) => [device, [...places.ranges()]]));
  }

  private of(device: string): RangeSet {
    const known = this.byDevice.get(device);
    if (known !== undefined) return known;
    const places = new RangeSet();
    this.byDevice.set(device, places);
    return places;
  }
}
