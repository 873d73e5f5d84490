import { canvasKey } from "../canvas/canvasPath";
import type { LearningEvent } from "../learning/event";
import type { JournalReader } from "../journal/journal";
import type { EventQuery } from "./engine";

/** The events that a query asks for, of all devices, in `hlc` order, each id once. */
export async function* queryEvents(journal: JournalReader, query: EventQuery): AsyncIterable<LearningEvent> {
  const canvases = query.canvas === undefined ? null : await canvasesEverAt(journal, query.canvas);
  yield* journal.inHlcOrder((event) => matches(event, query, canvases));
}

/** Ids of the canvases that ever had this path: a canvas keeps its id through renames. */
async function canvasesEverAt(journal: JournalReader, path: string): Promise<ReadonlySet<string>> {
  const key = canvasKey(path, "respect");
  const ids = new Set<string>();
  for await (const { canvas, type, data } of journal.all()) {
    if (canvas === null) continue;
    const from = type === "canvas_renamed" ? data["from"] : null;
    if (canvasKey(canvas.path, "respect") === key || (typeof from === "string" && canvasKey(from, "respect") === key)) {
      ids.add(canvas.id);
    }
  }
  return ids;
}

function matches(event: LearningEvent, query: EventQuery, canvases: ReadonlySet<string> | null): boolean {
  if (query.since !== undefined && event.at < query.since) return false;
  if (query.type !== undefined && event.type !== query.type) return false;
  return canvases === null || (event.canvas !== null && canvases.has(event.canvas.id));
}
