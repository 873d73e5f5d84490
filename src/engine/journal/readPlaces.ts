import type { LearningEvent } from "../learning/event";
import type { DeviceJournal, SegmentFacts } from "./deviceJournal";
import { decodeLine, type LineCodec } from "./line";
import { lineBatches } from "./lineBatches";
import { quickSeq } from "./linePlace";
import type { DataFolder } from "./port";
import type { ReadonlyRanges } from "./ranges";

export interface ReadContext {
  readonly folder: DataFolder;
  readonly codec: LineCodec;
}

/**
 * The events on these places of one journal, in `seq` order, read from the segments that hold them. Other lines are
 * passed over without parsing. Places that are not present (any more) give nothing.
 */
export async function* readPlaces(
  journal: DeviceJournal,
  places: ReadonlyRanges,
  context: ReadContext,
): AsyncGenerator<LearningEvent, void, undefined> {
  for (const facts of journal.facts) {
    const { first, last } = facts;
    if (first === null || last === null || !places.touches(first, last)) continue;
    yield* readSegment(facts, journal, places, context);
  }
}

async function* readSegment(
  facts: SegmentFacts,
  journal: DeviceJournal,
  places: ReadonlyRanges,
  { folder, codec }: ReadContext,
): AsyncGenerator<LearningEvent, void, undefined> {
  // Of lines that claim one place the first that is whole has it. Lines that are not wanted are not checked, so they
  // must not move this on.
  let highest = journal.lastSeqBefore(facts.number);
  for await (const { lines, rest } of lineBatches(folder.stream(facts.path))) {
    for (const line of rest === null ? lines : [...lines, rest]) {
      const seq = quickSeq(line, journal.device);
      if (seq !== null && !wanted(seq)) continue;
      const decoded = decodeLine(line, codec);
      if (decoded.kind !== "event" || decoded.event.device !== journal.device || !wanted(decoded.event.seq)) continue;
      highest = decoded.event.seq;
      yield decoded.event;
    }
    if (highest >= (places.last ?? 0)) return;
  }

  function wanted(seq: number): boolean {
    return seq > highest && places.has(seq) && journal.present.has(seq);
  }
}
