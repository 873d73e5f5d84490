import type { PanelButton } from "../view/panelView";
import type { TimelineRow, TimelineView } from "../view/timelineView";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { levelSign } from "./levelSign";
import { buttonsPart, cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";

/** What happened to one thing, the newest first. */
export function timelinePart(parent: HTMLElement, actions: Actions): Part<TimelineView> {
  const root = parent.createDiv({ cls: cls("timeline") });
  const rows = new KeyedChildren<TimelineRow, RowElements>(root.createEl("ol", { cls: cls("rows") }), ({ key }) => key, makeRow, (row, value) => showRow(row, value, actions));
  const note = root.createDiv({ cls: cls("muted") });
  const more: KeyedChildren<PanelButton, HTMLButtonElement> = buttonsPart(root, actions);
  return {
    show(view) {
      setShown(root, view !== null);
      if (view === null) return;
      rows.show(view.rows);
      setText(note, view.note ?? "");
      setShown(note, view.note !== null);
      more.show(view.more === null ? [] : [view.more]);
    },
  };
}

interface RowElements {
  readonly sign: ReturnType<typeof levelSign>;
  readonly card: HTMLButtonElement;
  readonly what: HTMLElement;
  readonly who: HTMLElement;
}

function makeRow(parent: HTMLElement): { element: HTMLElement; part: RowElements } {
  const element = parent.createEl("li", { cls: [cls("row"), cls("event")] });
  const card = element.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  const line = element.createDiv({ cls: cls("event-what") });
  const sign = levelSign(line);
  return { element, part: { sign, card, what: line.createSpan(), who: element.createDiv({ cls: cls("muted") }) } };
}

function showRow({ card, sign, what, who }: RowElements, row: TimelineRow, actions: Actions): void {
  setShown(card, row.card !== null);
  if (row.card !== null) {
    setText(card, row.card.text);
    setAttribute(card, "aria-label", row.card.label);
    actions.set(card, row.card.action);
  }
  sign(row.level);
  setText(what, row.what);
  setText(who, row.who);
}
