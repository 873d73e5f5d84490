import type { DeviceJournal } from "./deviceJournal";
import { RangeSet } from "./ranges";
import type { ScanContext } from "./scanSegment";
import { strayEvents } from "./strays";

/**
 * Places that a second event claims which has no other place yet: two writers were at work at once, each of which took
 * what it wrote for the only event there. Rejects with StorageError.
 */
export async function doubledPlaces(journal: DeviceJournal, context: ScanContext): Promise<RangeSet> {
  const mixed = journal.facts.filter(({ misplaced }) => misplaced > 0);
  const doubled = new RangeSet();
  for await (const { device, seq } of strayEvents(mixed.map(({ path, size }) => ({ path, name: path, size })), context)) {
    if (device === journal.device && journal.present.has(seq)) doubled.add(seq);
  }
  return doubled;
}
