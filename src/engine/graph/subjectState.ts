import type { LearningEvent } from "../learning/event";
import { isFiniteNumber } from "./eventData";
import { foldFacts, noLearningFacts, type LearningFacts } from "./learningFacts";

/** A note or a concept as a fold of its events. */
export interface SubjectState {
  /** The greatest clock of any of its events. */
  readonly clock: string;
  /** The greatest `at` of the events that were read from its file; null when there is none. */
  readonly fileAt: number | null;
  /** The greatest `at` of all its events. */
  readonly changedAt: number;
  readonly facts: LearningFacts;
  /**
   * What its file itself last said. A command may have said something newer: comparing the file with `facts` would
   * take that back at the next save of the file.
   */
  readonly inFile: LearningFacts;
}

export const blankSubject: SubjectState = { clock: "", fileAt: null, changedAt: 0, facts: noLearningFacts, inFile: noLearningFacts };

/** Any order of the same events ends in the same state. */
export function foldSubject(state: SubjectState, event: LearningEvent): SubjectState {
  const at = isFiniteNumber(event.at) ? event.at : 0;
  const fromFile = event.origin === "index" || event.origin === "catch-up" || event.origin === "edit";
  return {
    clock: event.hlc > state.clock ? event.hlc : state.clock,
    fileAt: fromFile ? Math.max(state.fileAt ?? at, at) : state.fileAt,
    changedAt: Math.max(state.changedAt, at),
    facts: foldFacts(state.facts, event),
    inFile: fromFile ? foldFacts(state.inFile, event) : state.inFile,
  };
}

/** The clocks of everything that makes up its row. */
export function subjectClocks({ facts }: SubjectState): readonly string[] {
  return [facts.score?.clock ?? "", facts.mastery?.clock ?? "", facts.review?.clock ?? ""];
}
