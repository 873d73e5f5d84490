import type { HistoryView, LearningView } from "../view/learningView";
import type { Inputs } from "./folderChoices";
import { setAttribute, setShown, setText } from "./keyedChildren";
import { movementPart, movesPart } from "./movementPart";
import { buttonsPart, cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import { pastPart } from "./pastPart";
import { timelinePart } from "./timelinePart";

export function learningPart(root: HTMLElement, actions: Actions, inputs: Inputs): Part<LearningView> {
  const start = root.createDiv({ cls: cls("empty") });
  const startText = start.createDiv();
  const startButtons = buttonsPart(start, actions);
  const instead = root.createDiv({ cls: cls("muted"), attr: { "aria-live": "polite" } });
  const movement = movementPart(root);
  const moves = movesPart(root, actions);
  const history = historyPart(root, actions, inputs);
  return {
    show(view) {
      if (view === null) return;
      setShown(start, view.start !== null);
      setText(startText, view.start?.text ?? "");
      startButtons.show(view.start === null ? [] : [view.start.button]);
      setShown(instead, view.instead !== null);
      setText(instead, view.instead ?? "");
      movement.show(view.movement);
      moves.show(view.moves);
      history.show(view.history);
    },
  };
}

function historyPart(parent: HTMLElement, actions: Actions, inputs: Inputs): Part<HistoryView> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("history")] });
  const title = root.createEl("h4");
  const head = root.createDiv({ cls: cls("row-head") });
  const jump = head.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  const about = head.createSpan({ cls: cls("muted") });
  const past = pastPart(root, actions, inputs);
  const instead = root.createDiv({ cls: cls("muted") });
  const timeline = timelinePart(root, actions);
  return {
    show(view) {
      setShown(root, view !== null);
      if (view === null) return;
      setText(title, view.title);
      setShown(head, view.timeline !== null);
      if (view.timeline !== null) {
        setText(jump, view.timeline.title);
        setText(about, view.timeline.about);
        setAttribute(jump, "aria-label", view.timeline.jump.label);
        actions.set(jump, view.timeline.jump.action);
      }
      past.show(view.past);
      setShown(instead, view.instead !== null);
      setText(instead, view.instead ?? "");
      timeline.show(view.timeline);
    },
  };
}
