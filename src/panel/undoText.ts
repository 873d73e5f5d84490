import type { UndoResult } from "../engine/index";
import type { Format } from "./format";
import { fill, strings } from "./strings";

/** What became of taking a change of a canvas back, in one or two sentences. */
export function undoText(result: UndoResult, format: Format): string {
  const words = strings.notices;
  switch (result.kind) {
    case "undone":
      return result.kept.length === 0 ? words.restored : fill(words.restoredPartly, { kept: format.plural(result.kept.length, ...strings.words.thing) });
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
