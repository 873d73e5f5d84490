import type { UndoneNodeTask, UndoResult } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";

/** What became of taking a change of a canvas back, in one or two sentences. */
export function undoText(result: UndoResult, format: Format): string {
  const words = strings.notices;
  switch (result.kind) {
    case "undone":
      return result.kept.length === 0 ? words.restored : fill(words.restoredPartly, { kept: format.plural(result.kept.length, strings.words.thing) });
    case "unchanged":
      return words.restoredBefore;
    case "nothing":
      return words.nothingToRestore;
    case "missing":
      return fill(words.restoreRefused, { reason: words.restoreGone });
    case "unreadable":
      return fill(words.restoreRefused, { reason: result.problem.reason });
    case "refused":
      return fill(words.restoreRefused, { reason: result.reason });
  }
}

/** What became of taking back what a task did: a sentence, and one for each thing that stayed. */
export function undoneText({ canvases, kept, notes }: UndoneNodeTask, format: Format): string {
  const words = strings.nodes;
  const counts = { canvases: format.plural(canvases, strings.words.canvas), notes: format.plural(notes, strings.words.note) };
  const done = canvases + notes === 0 ? words.undoneNothing : fill(words.undone, counts);
  return [done, ...kept].join("\n");
}
