import type { LearningEvent } from "../learning/event";
import { laterCell, type Cell } from "./cell";
import { isFiniteNumber, member, numberOrNull, textOrNull } from "./eventData";

/** The last review as one group: what it did not say is null. */
export type Review = {
  readonly rating: number | string | null;
  /** Epoch ms or an ISO date, as recorded. */
  readonly due: number | string | null;
  readonly interval: number | null;
  readonly ease: number | null;
};

/** What learning events say of a node, note or concept. Null: no event said anything. */
export interface LearningFacts {
  readonly score: Cell<number | null> | null;
  readonly mastery: Cell<string | null> | null;
  readonly review: Cell<Review> | null;
}

export const noLearningFacts: LearningFacts = { score: null, mastery: null, review: null };
export const noReview: Review = { rating: null, due: null, interval: null, ease: null };

/** The very same facts when the event changes nothing. */
export function foldFacts(facts: LearningFacts, event: LearningEvent): LearningFacts {
  switch (event.type) {
    case "score_submitted": {
      const score = numberOrNull(event.data, "score");
      return score === undefined ? facts : withFacts(facts, { score: laterCell(facts.score, event.hlc, score) });
    }
    case "mastery_changed": {
      const level = textOrNull(event.data, "newLevel");
      return level === undefined ? facts : withFacts(facts, { mastery: laterCell(facts.mastery, event.hlc, level) });
    }
    case "review_rated":
      return withFacts(facts, { review: laterCell(facts.review, event.hlc, reviewOf(event.data)) });
    default:
      return facts;
  }
}

function withFacts(facts: LearningFacts, change: Partial<LearningFacts>): LearningFacts {
  const next = { ...facts, ...change };
  const same = next.score === facts.score && next.mastery === facts.mastery && next.review === facts.review;
  return same ? facts : next;
}

function reviewOf(data: unknown): Review {
  return {
    rating: numberOrText(data, "rating"),
    due: numberOrText(data, "due"),
    interval: numberOrNull(data, "interval") ?? null,
    ease: numberOrNull(data, "ease") ?? null,
  };
}

function numberOrText(data: unknown, key: string): number | string | null {
  const value = member(data, key);
  return typeof value === "string" || isFiniteNumber(value) ? value : null;
}
