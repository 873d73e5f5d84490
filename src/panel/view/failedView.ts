import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import { deadList, problemList } from "./lists";
import type { FailedView } from "./panelView";

/** What went wrong and waits for a person. */
export function failedView({ dead, status }: SessionView, format: Format): FailedView {
  const quarantined = status?.quarantined ?? 0;
  return {
    dead: deadList(dead, format),
    problems: problemList(status?.problems ?? [], format),
    aside: quarantined === 0 ? null : fill(strings.problems.quarantined, { count: format.plural(quarantined, ...strings.words.line) }),
  };
}
