import type { DeadLetters } from "../../journal/deadLetters";
import type { DeadLetterView } from "../engine";

/** Dead letters as people and programs see them: without the payload. */
export function deadLetterViews(dead: Pick<DeadLetters, "list">): readonly DeadLetterView[] {
  return dead.list().map(({ event, target, reason, class: failure, attempts, firstAt, lastAt }) => ({
    id: event.id,
    store: target.split(" ")[0] ?? target,
    type: event.type,
    canvasPath: event.canvas?.path ?? null,
    reason,
    class: failure,
    attempts,
    firstAt,
    lastAt,
  }));
}
