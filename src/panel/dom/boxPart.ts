import { foldersPart } from "./folderChoices";
import type { Inputs } from "./folderChoices";
import { KeyedChildren, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, setTone } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import type { Box } from "../view/panelView";

export function boxPart(parent: HTMLElement, actions: Actions, inputs: Inputs): Part<Box> {
  const root = parent.createDiv({ cls: cls("box") });
  const title = root.createDiv({ cls: cls("box-title") });
  const lines = linesPart(root.createDiv({ cls: cls("box-lines") }), "p");
  const folders = foldersPart(root, inputs);
  const buttons = buttonsPart(root, actions);
  const stepsRoot = root.createEl("ol", { cls: cls("steps") });
  const steps = linesPart(stepsRoot, "li");
  return {
    show(box) {
      setShown(root, box !== null);
      if (box === null) return;
      setTone(root, box.tone);
      setText(title, box.title);
      lines.show(keyed(box.lines));
      folders.show(box.folders);
      buttons.show(box.buttons);
      setShown(stepsRoot, box.steps.length > 0);
      steps.show(keyed(box.steps));
    },
  };
}

function linesPart(parent: HTMLElement, tag: "p" | "li"): KeyedChildren<{ readonly key: string; readonly text: string }, HTMLElement> {
  return new KeyedChildren(
    parent,
    (line) => line.key,
    (at) => {
      const element: HTMLElement = at.createEl(tag);
      return { element, part: element };
    },
    (element, line) => setText(element, line.text),
  );
}

function keyed(lines: readonly string[]): readonly { readonly key: string; readonly text: string }[] {
  return lines.map((text, index) => ({ key: String(index), text }));
}
