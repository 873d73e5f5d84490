import { canonicalJson } from "../../kernel/canonicalJson";
import type { JsonObject } from "../../kernel/json";
import type { LearningEvent } from "../../learning/event";
import { plainJson } from "../../learning/plainJson";
import type { ItemResult } from "../../learning/result";
import type { DeadLetters } from "../../journal/deadLetters";
import type { EditedRetryResult } from "../engine";

/** What a record may have; longer or deeper data is refused by it. */
const LIMITS = { depth: 64, characters: 256 * 1024 };

export interface EditedRetryParts {
  readonly dead: Pick<DeadLetters, "list">;
  /** Where a canvas is now; null where nobody knows it. */
  readonly pathOf: (canvasId: string) => string | null;
  readonly record: (item: unknown) => Promise<ItemResult>;
  readonly discard: (id: string, replacedBy: string) => Promise<unknown>;
}

/**
 * Sends a dead letter's event again with other data. An id is the hash of what an event says, so this is another event:
 * it happened when the first one did, but it is said now, and what is said later counts. The first one is discarded
 * behind it; a crash in between leaves both, and the letter can be discarded or edited again.
 */
export async function retryEdited(parts: EditedRetryParts, id: string, data: unknown): Promise<EditedRetryResult> {
  const letter = parts.dead.list().find(({ event }) => event.id === id);
  if (letter === undefined) return refused("unknown_letter", "no dead letter has this id");
  const { event } = letter;
  if (isSame(data, event.data)) return refused("unchanged", "the data is what it was: retry the event as it is");
  const result = await parts.record({ type: event.type, timestamp: event.at, data, ...subjectFields(event, parts.pathOf) });
  if (result.id === null || result.error !== undefined) {
    return { kind: "refused", error: result.error ?? { code: "not_recorded", message: "it was not recorded", retryable: true } };
  }
  if (result.id === id) return refused("unchanged", "this is the same event: retry it as it is");
  await parts.discard(id, result.id);
  return { kind: "replaced", id: result.id };
}

/** The subject as a record names it. */
function subjectFields({ canvas, data, subject }: LearningEvent, pathOf: EditedRetryParts["pathOf"]): object {
  const path = canvas === null ? null : (pathOf(canvas.id) ?? canvas.path);
  switch (subject.kind) {
    case "node":
    case "edge":
      return { canvas: path, [subject.kind]: subject.id };
    case "canvas":
      return { canvas: path };
    case "note":
      return { note: subject.id };
    case "concept": {
      // The id is the normalised name; the name itself, as the person wrote it, stands in the data.
      const { concept } = data;
      return { concept: typeof concept === "string" ? concept : subject.id };
    }
  }
}

// Data from outside may be anything; what is no JSON is refused by the record.
function isSame(data: unknown, known: JsonObject): boolean {
  const copied = plainJson(data, LIMITS);
  return copied.kind === "json" && canonicalJson(copied.value) === canonicalJson(known);
}

function refused(code: string, message: string): EditedRetryResult {
  return { kind: "refused", error: { code, message, retryable: false } };
}
