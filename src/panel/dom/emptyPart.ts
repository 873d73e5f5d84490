import type { EmptyView } from "../view/emptyView";
import { KeyedChildren, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";

/** What a page says while there is nothing on it. */
export function emptyPart(parent: HTMLElement, actions: Actions): Part<EmptyView> {
  const root = parent.createDiv({ cls: cls("nothing") });
  const title = root.createDiv({ cls: cls("nothing-title") });
  const lines = new KeyedChildren<{ readonly key: string; readonly text: string }, HTMLElement>(
    root.createDiv({ cls: cls("nothing-lines") }),
    ({ key }) => key,
    (at) => {
      const element = at.createEl("p");
      return { element, part: element };
    },
    (element, line) => setText(element, line.text),
  );
  const buttons = buttonsPart(root, actions);
  return {
    show(empty) {
      setShown(root, empty !== null);
      if (empty === null) return;
      setText(title, empty.title);
      lines.show(empty.lines.map((text, index) => ({ key: String(index), text })));
      buttons.show(empty.buttons);
    },
  };
}
