import type { FailedView } from "../view/failedView";
import { emptyPart } from "./emptyPart";
import { setShown, setText } from "./keyedChildren";
import { lettersPart } from "./lettersPart";
import type { LongLists, Scrolled } from "./longLists";
import { cls, listPart } from "./panelParts";
import type { Actions, Part } from "./panelParts";

export function failedPart(root: HTMLElement, actions: Actions, scrolled: Scrolled, lists: LongLists): Part<FailedView> {
  const empty = emptyPart(root, actions);
  const dead = lettersPart(root, actions, scrolled, lists);
  const tasks = listPart(root, "failed-tasks", actions);
  const problems = listPart(root, "problems", actions);
  const aside = root.createDiv({ cls: cls("aside") });
  return {
    show(view) {
      empty.show(view?.empty ?? null);
      dead.show(view?.dead ?? null);
      tasks.show(view?.tasks ?? null);
      problems.show(view?.problems ?? null);
      setShown(aside, (view?.aside ?? null) !== null);
      setText(aside, view?.aside ?? "");
    },
  };
}
