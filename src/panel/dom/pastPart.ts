import type { PastCard, PastView } from "../view/pastView";
import type { Inputs } from "./folderChoices";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { levelSign } from "./levelSign";
import { buttonsPart, cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";

/** A field for a day, and what was there on it. */
export function pastPart(parent: HTMLElement, actions: Actions, inputs: Inputs): Part<PastView> {
  const root = parent.createDiv({ cls: cls("past") });
  const line = root.createDiv({ cls: cls("past-line") });
  const label = line.createEl("label", { cls: cls("past-day") });
  const name = label.createSpan({ cls: cls("muted") });
  const field = label.createEl("input", { attr: { type: "date" } });
  // A day that is not whole yet is no day: the field is empty then.
  inputs.set(field, () => ({ kind: "look-back", day: field.value === "" ? null : field.value }));
  const clear = buttonsPart(line, actions);
  const shown = root.createDiv({ cls: cls("past-shown"), attr: { "aria-live": "polite" } });
  const text = shown.createDiv({ cls: cls("past-text") });
  const cards = new KeyedChildren<PastCard, CardElements>(shown.createEl("ul", { cls: cls("rows") }), ({ key }) => key, makeCard, (card, value) => showCard(card, value, actions));
  const note = shown.createDiv({ cls: cls("muted") });
  return {
    show(view) {
      setShown(root, view !== null);
      if (view === null) return;
      setText(name, view.label);
      setAttribute(field, "max", view.latest);
      if (field.value !== view.day && (view.day !== "" || field.ownerDocument.activeElement !== field)) field.value = view.day;
      clear.show(view.clear === null ? [] : [view.clear]);
      setShown(shown, view.text !== null);
      setText(text, view.text ?? "");
      cards.show(view.cards);
      setText(note, view.note ?? "");
      setShown(note, view.note !== null);
    },
  };
}

interface CardElements {
  readonly sign: ReturnType<typeof levelSign>;
  readonly text: HTMLButtonElement;
  readonly detail: HTMLElement;
}

function makeCard(parent: HTMLElement): { element: HTMLElement; part: CardElements } {
  const element = parent.createEl("li", { cls: [cls("row"), cls("past-card")] });
  const sign = levelSign(element);
  const body = element.createDiv();
  const text = body.createEl("button", { cls: [cls("link"), cls("past-words")], attr: { type: "button" } });
  return { element, part: { sign, text, detail: body.createDiv({ cls: cls("muted") }) } };
}

function showCard({ detail, sign, text }: CardElements, card: PastCard, actions: Actions): void {
  sign(card.level ?? "none");
  setText(text, card.text);
  setAttribute(text, "aria-label", card.open.label);
  actions.set(text, card.open.action);
  setText(detail, card.detail ?? "");
  setShown(detail, card.detail !== null);
}
