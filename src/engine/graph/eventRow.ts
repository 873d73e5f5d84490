import type { LearningEvent } from "../learning/event";
import { numberOrNull, textOrNull } from "./eventData";
import type { EventRow } from "./rows";

/** What an event is about, as a store knows it. */
export type About = Pick<EventRow, "about" | "aboutKind">;

/** An event as a store keeps it. It depends on nothing but the event, so it is the same whenever it is sent. */
export function eventRow(event: LearningEvent, about: About): EventRow {
  const { data } = event;
  return {
    id: event.id,
    vault: event.vault,
    device: event.device,
    seq: event.seq,
    type: event.type,
    at: event.at,
    hlc: event.hlc,
    origin: event.origin,
    priority: event.priority,
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    canvas: event.canvas?.id ?? null,
    canvasPath: event.canvas?.path ?? null,
    about: about.about,
    aboutKind: about.aboutKind,
    concept: textOrNull(data, "concept") ?? null,
    oldLevel: textOrNull(data, "oldLevel") ?? null,
    newLevel: textOrNull(data, "newLevel") ?? null,
    score: numberOrNull(data, "score") ?? null,
    data: JSON.stringify(data),
  };
}
