import type { Chip, StateReason } from "../view/panelView";
import { setAttribute, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, setTone } from "./panelParts";
import type { Actions } from "./panelParts";

/** The chip, and below it, once it is asked, why it says what it says. */
export interface StateLine {
  show(chip: Chip, reason: StateReason): void;
  /** Opens or closes the reason where the target is the chip. */
  follow(target: Element | null): boolean;
  /** Closes the reason, where it is open and the target stands in the line: the chip has the focus then. */
  leave(target: Element | null): boolean;
}

export function stateLine(parent: HTMLElement, id: string, actions: Actions): StateLine {
  const root = parent.createDiv({ cls: cls("state") });
  const chip = root.createEl("button", { cls: cls("chip"), attr: { type: "button", "aria-expanded": "false", "aria-controls": `${id}-reason` } });
  const reason = root.createDiv({ cls: cls("reason"), attr: { id: `${id}-reason` } });
  const matter = reason.createEl("p", { cls: cls("reason-matter") });
  const data = reason.createEl("p", { cls: cls("muted") });
  const buttons = buttonsPart(reason, actions);
  const open = (is: boolean): void => {
    setAttribute(chip, "aria-expanded", String(is));
    setShown(reason, is);
  };
  open(false);
  return {
    show(shown, why) {
      setTone(root, shown.tone);
      setText(chip, shown.text);
      setText(matter, why.matter);
      setText(data, why.data);
      buttons.show(why.action === null ? [] : [why.action]);
    },
    follow(target) {
      if (target === null || !chip.contains(target)) return false;
      open(reason.hidden);
      return true;
    },
    leave(target) {
      if (reason.hidden || target === null || !root.contains(target)) return false;
      open(false);
      chip.focus();
      return true;
    },
  };
}
