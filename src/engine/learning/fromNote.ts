import type { FileProblem } from "../canvas/document";
import { draft } from "./draft";
import type { EventDraft, Subject } from "./event";
import { readAmount, readDue, readLevel, readScore } from "./propertyValues";
import type { PropertyNames, WatchedProperties } from "./watchedProperties";

/** What the graph knows of a note; null is unknown. */
export interface NoteFacts {
  readonly score: number | null;
  readonly mastery: string | null;
  readonly due: number | string | null;
  readonly interval: number | null;
  readonly ease: number | null;
}

export interface NoteDrafts {
  readonly drafts: readonly EventDraft[];
  readonly problems: readonly FileProblem[];
}

/** What one group of properties gives: events and reasons why there are none. */
interface Part {
  readonly drafts: readonly EventDraft[];
  readonly reasons: readonly string[];
}

const nothingKnown: NoteFacts = { score: null, mastery: null, due: null, interval: null, ease: null };
const nothing: Part = { drafts: [], reasons: [] };

/**
 * The events of a note whose watched properties are not what the graph knows.
 * A property that is taken away: `mastery` becomes null (an event); a score that was given stays given (no event);
 * review properties count only while they are there. A value that cannot be read is a problem and gives no event;
 * one bad review property holds the whole review back, for its three values belong together.
 */
export function noteDrafts(
  path: string,
  known: NoteFacts | null,
  properties: WatchedProperties,
  names: PropertyNames,
): NoteDrafts {
  const before = known ?? nothingKnown;
  const parts = [
    scorePart(path, before, properties, names),
    masteryPart(path, before, properties, names),
    reviewPart(path, before, properties, names),
  ];
  return {
    drafts: parts.flatMap((part) => part.drafts),
    problems: parts.flatMap((part) => part.reasons.map((reason) => ({ path, line: null, column: null, reason }))),
  };
}

function scorePart(path: string, before: NoteFacts, properties: WatchedProperties, names: PropertyNames): Part {
  const score = readScore(properties.score, names.score);
  if (score.kind === "bad") return { drafts: [], reasons: [score.reason] };
  if (!differs(score.value, before.score)) return nothing;
  return one("score_submitted", path, { score: score.value, previous: before.score, concept: path });
}

function masteryPart(path: string, before: NoteFacts, properties: WatchedProperties, names: PropertyNames): Part {
  // What is not watched is not taken away.
  if (names.mastery === "") return nothing;
  const level = readLevel(properties.mastery, names.mastery);
  if (level.kind === "bad") return { drafts: [], reasons: [level.reason] };
  if (level.value === before.mastery) return nothing;
  return one("mastery_changed", path, { oldLevel: before.mastery, newLevel: level.value, concept: path });
}

function reviewPart(path: string, before: NoteFacts, properties: WatchedProperties, names: PropertyNames): Part {
  const due = readDue(properties.due, names.due);
  const interval = readAmount(properties.interval, names.interval);
  const ease = readAmount(properties.ease, names.ease);
  if (due.kind === "bad" || interval.kind === "bad" || ease.kind === "bad") {
    return { drafts: [], reasons: [due, interval, ease].flatMap((part) => (part.kind === "bad" ? [part.reason] : [])) };
  }
  const now = { due: due.value, interval: interval.value, ease: ease.value };
  const changed =
    differs(now.due, before.due) || differs(now.interval, before.interval) || differs(now.ease, before.ease);
  return changed ? one("review_rated", path, { rating: null, ...now, concept: path }) : nothing;
}

function differs<T>(now: T | null, before: T | null): boolean {
  return now !== null && now !== before;
}

function one(type: string, path: string, data: EventDraft["data"]): Part {
  const subject: Subject = { kind: "note", id: path };
  return { drafts: [draft(type, subject, data)], reasons: [] };
}
