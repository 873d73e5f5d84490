import type { JsonValue } from "../../kernel/json";
import { utf8Length } from "../../kernel/utf8Length";
import type { LearningEvent } from "../../learning/event";

/** What an event weighs beside its data: ids, clocks and names. */
const FRAME_BYTES = 400;

/** About how many bytes an event is as JSON. A few per cent off, and much cheaper than writing it out. */
export function eventBytes(event: LearningEvent): number {
  return FRAME_BYTES + utf8Length(event.subject.id) + utf8Length(event.canvas?.path ?? "") + valueBytes(event.data);
}

function valueBytes(value: JsonValue): number {
  if (typeof value === "string") return utf8Length(value) + 2;
  if (typeof value !== "object" || value === null) return 6;
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).reduce<number>((sum, one) => sum + valueBytes(one) + 1, 2);
  let sum = 2;
  for (const [key, member] of Object.entries(value)) sum += utf8Length(key) + valueBytes(member) + 4;
  return sum;
}
