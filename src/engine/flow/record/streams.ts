import type { LearningEvent, Subject } from "../../learning/event";
import type { LocalGraph } from "../../graph/localGraph";

/** The stream of a note's events. */
export function noteStream(path: string): string {
  return `note:${path}`;
}

/** The stream of a concept's events, by its normalised name. */
export function conceptStream(name: string): string {
  return `concept:${name}`;
}

/** What an event is ordered with: its canvas, else what it is about. */
export function streamOf(event: Pick<LearningEvent, "canvas" | "subject">): string {
  return event.canvas?.id ?? subjectStream(event.subject);
}

function subjectStream(subject: Subject): string {
  return subject.kind === "concept" ? conceptStream(subject.id) : noteStream(subject.id);
}

const NOTE = noteStream("");
const CONCEPT = conceptStream("");

/** The greatest clock that the graph knows of a stream; null for a new one. */
export function lastClockOf(graph: Pick<LocalGraph, "canvasById" | "note" | "concept">, stream: string): string | null {
  const known = stream.startsWith(NOTE)
    ? graph.note(stream.slice(NOTE.length))
    : stream.startsWith(CONCEPT)
      ? graph.concept(stream.slice(CONCEPT.length))
      : graph.canvasById(stream);
  return known?.clock ?? null;
}
