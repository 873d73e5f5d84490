import type { LearningEvent } from "../learning/event";
import { decodeLine } from "./line";
import { lineBatches } from "./lineBatches";
import { ID_OFFSET } from "./linePlace";
import type { ScanContext } from "./scanSegment";
import type { JournalFile } from "./segments";

/**
 * Events that stand in some journal folder but on no place: in a sync tool's conflict copy, or behind lines with a
 * greater seq. Each once. Lines that cannot be read are left out: such a copy may still be arriving.
 */
export async function* strayEvents(
  files: readonly JournalFile[],
  { folder, codec, ids }: ScanContext,
): AsyncGenerator<LearningEvent, void, undefined> {
  const told = new Set<string>();
  for (const { path } of files) {
    for await (const { lines, rest } of lineBatches(folder.stream(path))) {
      for (const line of rest === null ? lines : [...lines, rest]) {
        if (line === "" || ids.has(line.slice(ID_OFFSET, ID_OFFSET + 64))) continue;
        const decoded = decodeLine(line, codec);
        if (decoded.kind !== "event" || told.has(decoded.event.id) || ids.has(decoded.event.id)) continue;
        told.add(decoded.event.id);
        yield decoded.event;
      }
    }
  }
}
