import type { JsonValue } from "../../kernel/json";
import { reasonOf } from "../../kernel/reasonOf";
import type { ItemAnswer } from "../../batch/batcher/sink";
import type { StoreFailure } from "../../graph/port";
import type { ItemContext, TaskKind } from "../kind";
import { TaskFailure } from "../taskFailure";

/** Runs one item and says what came of it. Never rejects. */
export async function answerOf(kind: TaskKind, input: JsonValue, context: ItemContext): Promise<ItemAnswer<JsonValue>> {
  let value: unknown;
  try {
    value = await kind.run(input, context);
  } catch (error) {
    return failureOf(error);
  }
  try {
    return { kind: "done", value: asKept(value) };
  } catch (error) {
    return { kind: "failed", class: "data", code: "not-json", message: `Its result is no JSON: ${reasonOf(error)}` };
  }
}

function failureOf(error: unknown): StoreFailure {
  if (!(error instanceof TaskFailure)) return { kind: "failed", class: "unknown", code: "error", message: reasonOf(error) };
  const { failureClass, code, message, retryAfterMs } = error;
  return { kind: "failed", class: failureClass, code: textOr(code, "error"), message: textOr(message, ""), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

// Other plugins are checked by no compiler, and a line that lacks one of these could not be read again.
function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** The value as its line will have it, so that a reader of now and one of later see the same. */
function asKept(value: unknown): JsonValue {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? null : (JSON.parse(text) as JsonValue);
}
