import type { LevelName } from "../view/movementView";
import { setAttribute, setShown } from "./keyedChildren";
import { cls } from "./panelParts";

/** A small square in the colour and pattern of a level. What it means stands beside it, so it is not read out. */
export function levelSign(parent: HTMLElement): (level: LevelName | null) => void {
  const element = parent.createSpan({ cls: cls("level-sign"), attr: { "aria-hidden": "true" } });
  return (level) => {
    setShown(element, level !== null);
    setAttribute(element, "data-level", level ?? "");
  };
}
