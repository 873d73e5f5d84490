import type { JsonObject, JsonValue } from "../../kernel/json";
import { isCount, isNumber, isPriority, listOf } from "./readFields";
import { readItemResult } from "./readItemResult";
import type { Span, TaskFact } from "./taskFact";

/** One fact from a log; null when it is none that this version knows. */
export function readTaskFact(value: JsonObject): TaskFact | null {
  const { kind, item, at, priority } = value;
  switch (kind) {
    case "started":
      return isCount(item) && isNumber(at) ? { kind, item, at } : null;
    case "returned":
      return isCount(item) ? { kind, item } : null;
    case "paused":
    case "resumed":
    case "cancelled":
      return isNumber(at) ? { kind, at } : null;
    case "priority":
      return isPriority(priority) ? { kind, priority } : null;
    case "ended": {
      const result = readItemResult(value["result"]);
      return result === null ? null : { kind, result };
    }
    case "retried": {
      const spans = readSpans(value["spans"]);
      return spans !== null && isNumber(at) ? { kind, at, spans } : null;
    }
    default:
      return null;
  }
}

function readSpans(value: JsonValue | undefined): readonly Span[] | null {
  const list = listOf(value);
  if (list === null) return null;
  const spans = list.map(readSpan);
  return spans.every((span) => span !== null) ? spans : null;
}

function readSpan(value: unknown): Span | null {
  const [from, to] = listOf(value) ?? [];
  return isCount(from) && isCount(to) && from <= to ? [from, to] : null;
}
