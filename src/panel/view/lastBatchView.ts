import type { LastBatch, SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { LastBatchView } from "./panelView";

/** The batch that left last; null while there is no store to send to. */
export function lastBatchView({ neo4j, lastBatch }: SessionView, format: Format): LastBatchView | null {
  if (neo4j.kind !== "on") return null;
  const reset = { label: strings.batch.reset, action: { kind: "reset-figures" }, primary: false } as const;
  return { title: strings.batch.title, text: batchText(lastBatch, format), reset };
}

function batchText(batch: LastBatch | null, format: Format): string {
  if (batch === null) return strings.batch.none;
  const { line, partly, refused } = strings.batch;
  return fill(batch.failed > 0 ? refused : batch.stored < batch.events ? partly : line, {
    stored: format.count(batch.stored),
    events: format.plural(batch.events, ...strings.words.event),
    ms: format.milliseconds(batch.ms),
    time: format.timeOfDay(batch.at),
    failed: format.count(batch.failed),
  });
}
