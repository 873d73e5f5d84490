import type { JsonObject } from "../kernel/json";
import type { EventDraft, Subject } from "./event";
import type { ValidRecord } from "./record";

/** What the graph knows about a record's subject; null is unknown. */
export interface SubjectFacts {
  /** Id of the canvas that `canvasPath` names; null where there is none. */
  readonly canvasId: string | null;
  readonly concept: string | null;
  readonly score: number | null;
  readonly level: string | null;
}

const named: ReadonlySet<string> = new Set(["score_submitted", "review_rated", "mastery_changed"]);

/** Whether a record takes the score or level before it from the graph. */
export function buildsOnEarlier({ at, draft }: ValidRecord): boolean {
  return at === null && (draft.type === "score_submitted" || draft.type === "mastery_changed");
}

/**
 * Adds to a record what only the graph knows. A record with the caller's own time may be sent again after a crash and
 * must then be the same event: it takes no earlier score or level from a graph that may have it already.
 */
export function completeRecord(record: ValidRecord, facts: SubjectFacts): EventDraft {
  const { draft } = record;
  const subject = completeSubject(draft.subject, facts.canvasId);
  if (!named.has(draft.type)) return { ...draft, subject };
  const before = record.at === null ? earlier(draft, facts) : {};
  return { ...draft, subject, data: { ...draft.data, ...before, concept: draft.data["concept"] ?? facts.concept } };
}

function completeSubject(subject: Subject, canvasId: string | null): Subject {
  return subject.kind === "canvas" && canvasId !== null ? { kind: "canvas", id: canvasId } : subject;
}

function earlier(draft: EventDraft, facts: SubjectFacts): JsonObject {
  switch (draft.type) {
    case "score_submitted":
      return { previous: draft.data["previous"] ?? facts.score };
    case "mastery_changed":
      return { oldLevel: draft.data["oldLevel"] ?? facts.level };
    default:
      return {};
  }
}
