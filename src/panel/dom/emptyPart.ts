import type { Empty } from "../view/panelView";
import { setShown, setText } from "./keyedChildren";
import { cls } from "./panelParts";
import type { Part } from "./panelParts";

/** What a part of the panel says where it has nothing to show. */
export function emptyPart(parent: HTMLElement): Part<Empty> {
  const root = parent.createDiv({ cls: cls("empty") });
  const title = root.createDiv({ cls: cls("empty-title") });
  const text = root.createDiv();
  return {
    show(empty) {
      setShown(root, empty !== null);
      if (empty === null) return;
      setText(title, empty.title);
      setText(text, empty.text);
    },
  };
}
