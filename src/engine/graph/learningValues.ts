import { noReview, type LearningFacts } from "./learningFacts";
import type { LearningColumns } from "./rows";

/** What learning events say of a note or a concept, without clocks. */
export interface LearningValues extends LearningColumns {
  readonly mastery: string | null;
}

export function learningColumns(facts: LearningFacts): LearningColumns {
  const { rating, due, interval, ease } = facts.review?.value ?? noReview;
  return { score: facts.score?.value ?? null, rating, due, interval, ease };
}

export function learningValues(facts: LearningFacts): LearningValues {
  return { mastery: facts.mastery?.value ?? null, ...learningColumns(facts) };
}
