import type { LearningEvent } from "../learning/event";
import type { SegmentFacts } from "./deviceJournal";
import type { JournalIndex } from "./journalIndex";
import type { DataFolder } from "./port";
import type { Quarantine } from "./quarantine";
import type { SegmentWriter } from "./segmentWriter";
import { listJournal } from "./segments";

export interface RepairContext {
  readonly folder: DataFolder;
  /** Our own device. */
  readonly device: string;
  readonly index: JournalIndex;
  readonly writer: SegmentWriter;
  readonly quarantine: Quarantine;
}

/**
 * After an append that failed: reads the segment again, hands out the events that did get there, sets the cut rest
 * aside and moves the writer behind it. Rejects with StorageError; then it must run again before the next append.
 */
export async function repairSegment(context: RepairContext, onEvent: (event: LearningEvent) => void): Promise<void> {
  const { folder, device, index, writer, quarantine } = context;
  const journal = index.journal(device);
  const number = writer.position.segment;
  const known = journal.segment(number);
  const { segments } = await listJournal(folder, device);
  const segment = segments.find((candidate) => candidate.number === number);
  if (segment !== undefined) {
    await index.rescan(device, segment, { wants: (_, seq) => !journal.present.has(seq), onEvent });
    await quarantine.flush();
  }
  const found = segment === undefined ? null : journal.segment(number);
  if (lostLines(known, found)) {
    const newest = segments.at(-1)?.number ?? 0;
    writer.moveTo({ segment: Math.max(number, newest) + 1, bytes: 0, open: false });
  } else {
    writer.moveTo({ segment: number, bytes: found?.size ?? 0, open: found?.open ?? false });
  }
}

/** Somebody replaced or removed the file: what they left is not ours to continue. */
function lostLines(known: SegmentFacts | null, found: SegmentFacts | null): boolean {
  return (found?.last ?? 0) < (known?.last ?? 0);
}
