import type { DeadLetter, DeadLetters } from "../../journal/deadLetters";
import type { DeadLetterView } from "../engine";

// Everything that shows letters asks after each change of anything: ten thousand of them are made once for each list.
const made = new WeakMap<readonly DeadLetter[], readonly DeadLetterView[]>();

/** Dead letters as people and programs see them: without the payload. The same list as long as the letters are the same. */
export function deadLetterViews(dead: Pick<DeadLetters, "list">): readonly DeadLetterView[] {
  const letters = dead.list();
  const known = made.get(letters);
  if (known !== undefined) return known;
  const views = letters.map(viewOf);
  made.set(letters, views);
  return views;
}

function viewOf({ event, target, reason, class: failure, code, attempts, firstAt, lastAt }: DeadLetter): DeadLetterView {
  const { canvas, id, subject, type } = event;
  const store = target.split(" ")[0] ?? target;
  return { id, store, type, canvasPath: canvas?.path ?? null, subject, reason, class: failure, code, attempts, firstAt, lastAt };
}
