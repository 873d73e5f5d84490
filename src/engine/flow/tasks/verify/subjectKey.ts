import type { LearningEvent } from "../../../learning/event";

/** Names what an event is about, or what a row stands for, as one text. */
export function subjectKey(kind: string, canvas: string | null, id: string): string {
  return JSON.stringify([kind, canvas, id]);
}

export function subjectKeyOf({ canvas, subject }: LearningEvent): string {
  return subjectKey(subject.kind, canvas?.id ?? null, subject.id);
}
