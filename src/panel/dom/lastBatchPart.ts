import { strings } from "../text/strings";
import type { LastBatchView } from "../view/panelView";
import { setShown, setText } from "./keyedChildren";
import { buttonsPart, cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";

export function lastBatchPart(root: HTMLElement, actions: Actions): Part<{ readonly batch: LastBatchView | null }> {
  const empty = root.createDiv({ cls: cls("empty") });
  const section = root.createEl("section", { cls: [cls("section"), cls("batch")] });
  const title = section.createEl("h4");
  const text = section.createDiv({ cls: cls("muted") });
  const buttons = buttonsPart(section, actions);
  return {
    show(view) {
      const batch = view?.batch ?? null;
      setShown(empty, batch === null);
      setText(empty, strings.empty.batches);
      setShown(section, batch !== null);
      setText(title, batch?.title ?? "");
      setText(text, batch?.text ?? "");
      buttons.show(batch === null ? [] : [batch.reset]);
    },
  };
}
