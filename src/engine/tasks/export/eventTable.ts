import type { JsonValue } from "../../kernel/json";
import { ownMember } from "../../kernel/json";
import type { LearningEvent } from "../../learning/event";
import { cellOf } from "./cell";
import { isoText } from "./isoText";
import type { Table } from "./table";

/** What of an event's data has a column of its own, because people sort and count by it. */
const named = ["concept", "oldLevel", "newLevel", "score", "rating"] as const;

/** Learning events as a table. `data` is all that the event says, as JSON. */
export const eventTable: Table<LearningEvent> = {
  columns: ["at", "type", "subjectKind", "subjectId", "canvasPath", ...named, "origin", "priority", "canvas", "device", "seq", "hlc", "id", "data"],
  cells({ at, type, subject, canvas, origin, priority, device, seq, hlc, id, data }) {
    const values = named.map((key): JsonValue | undefined => ownMember(data, key));
    return [
      ...[isoText(at), type, subject.kind, subject.id, canvas?.path ?? null],
      ...values.map(cellOf),
      ...[origin, priority, canvas?.id ?? null, device, seq, hlc, id, JSON.stringify(data)],
    ];
  },
};
