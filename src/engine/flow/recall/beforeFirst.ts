import type { LearningEvent } from "../../learning/event";
import type { PastState } from "./recall";

/**
 * What can be said of a time before the first event of a canvas or card. Only what somebody made while it was watched is
 * known not to have been there before: what a look found may be older than the file says.
 */
export function beforeFirst(first: LearningEvent | null): PastState {
  if (first === null) return { kind: "unknown", since: null };
  const made = first.type === "canvas_created" || first.type === "node_created";
  const watched = first.origin !== "index" && first.origin !== "catch-up";
  return made && watched ? { kind: "not-yet", since: first.at } : { kind: "unknown", since: first.at };
}
