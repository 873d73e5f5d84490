import type { Connection, NowView } from "../view/panelView";
import { boxPart } from "./boxPart";
import type { Inputs } from "./folderChoices";
import { setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, progressPart, setTone } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import { emptyPart } from "./emptyPart";
import type { LongLists, Scrolled } from "./longLists";
import { tasksPart } from "./tasksPart";

export function nowPart(root: HTMLElement, actions: Actions, inputs: Inputs, scrolled: Scrolled, lists: LongLists): Part<NowView> {
  const box = boxPart(root, actions, inputs);
  const progress = progressPart(root, actions);
  const connection = connectionPart(root, actions);
  const tasks = tasksPart(root, actions, scrolled, lists);
  const empty = emptyPart(root, actions);
  return {
    show(view) {
      box.show(view?.box ?? null);
      progress.show(view?.progress ?? null);
      connection.show(view?.connection ?? null);
      tasks.show(view?.tasks ?? null);
      empty.show(view?.empty ?? null);
    },
  };
}

function connectionPart(root: HTMLElement, actions: Actions): Part<Connection> {
  const section = root.createEl("section", { cls: [cls("section"), cls("connection")] });
  const title = section.createEl("h4");
  const text = section.createDiv({ cls: cls("connection-text") });
  const buttons = buttonsPart(section, actions);
  return {
    show(connection) {
      setShown(section, connection !== null);
      if (connection === null) return;
      setText(title, connection.title);
      setTone(text, connection.tone);
      setText(text, connection.text);
      buttons.show(connection.buttons);
    },
  };
}
