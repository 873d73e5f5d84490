import { noReview, type Facts } from "./facts";
import type { LearningColumns } from "./rows";

/** What learning events say of a note or a concept, without clocks. */
export interface FactValues extends LearningColumns {
  readonly mastery: string | null;
}

export function learningColumns(facts: Facts): LearningColumns {
  const { rating, due, interval, ease } = facts.review?.value ?? noReview;
  return { score: facts.score?.value ?? null, rating, due, interval, ease };
}

export function factValues(facts: Facts): FactValues {
  return { mastery: facts.mastery?.value ?? null, ...learningColumns(facts) };
}
