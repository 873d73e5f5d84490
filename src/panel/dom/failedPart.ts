import { strings } from "../text/strings";
import type { FailedView } from "../view/panelView";
import { setShown, setText } from "./keyedChildren";
import { cls, listPart } from "./panelParts";
import type { Actions, Part } from "./panelParts";

export function failedPart(root: HTMLElement, actions: Actions): Part<FailedView> {
  const empty = root.createDiv({ cls: cls("empty") });
  const dead = listPart(root, "dead", actions);
  const problems = listPart(root, "problems", actions);
  const aside = root.createDiv({ cls: cls("aside") });
  return {
    show(view) {
      setShown(empty, view?.dead === null && view.problems === null && view.aside === null);
      setText(empty, strings.empty.failed);
      dead.show(view?.dead ?? null);
      problems.show(view?.problems ?? null);
      setShown(aside, (view?.aside ?? null) !== null);
      setText(aside, view?.aside ?? "");
    },
  };
}
