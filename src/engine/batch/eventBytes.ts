import type { JsonValue } from "../kernel/json";
import type { LearningEvent } from "../learning/event";

/** What an event weighs beside its data: ids, clocks and names. */
const FRAME_BYTES = 400;

/** About how many bytes an event is as JSON. A few per cent off, and much cheaper than writing it out. */
export function eventBytes(event: LearningEvent): number {
  return FRAME_BYTES + textBytes(event.subject.id) + textBytes(event.canvas?.path ?? "") + valueBytes(event.data);
}

function valueBytes(value: JsonValue): number {
  if (typeof value === "string") return textBytes(value) + 2;
  if (typeof value !== "object" || value === null) return 6;
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).reduce<number>((sum, one) => sum + valueBytes(one) + 1, 2);
  let sum = 2;
  for (const [key, member] of Object.entries(value)) sum += textBytes(key) + valueBytes(member) + 4;
  return sum;
}

/** UTF-8 bytes; each half of a surrogate pair counts as 2, and as 3 where it stands alone in truth. */
function textBytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
