import type { CauseRow, LetterEntry, LetterList } from "../view/letters";
import type { PanelButton, Row } from "../view/panelView";
import { KeyedChildren, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, rowElements, showRow } from "./panelParts";
import type { Actions, Part, RowElements } from "./panelParts";

/** Lines that are in the page at once; the rest is a number until these are gone. */
const SHOWN = 60;

/** Events that a store refused, below their causes. */
export function lettersPart(parent: HTMLElement, actions: Actions): Part<LetterList> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("dead")] });
  const head = root.createDiv({ cls: cls("section-head") });
  const title = head.createEl("h4");
  const buttons = buttonsPart(head, actions);
  let view: LetterList | null = null;
  const rows = new KeyedChildren<LetterEntry, EntryPart>(
    root.createEl("ul", { cls: cls("rows") }),
    ({ key }) => key,
    (at) => makeEntry(at, actions),
    (part, entry) => {
      if (view === null) return;
      if (entry.kind === "cause") part.cause(view.causeRow(entry.cause));
      else part.letter(view.letterRow(entry.letter));
    },
  );
  const more = root.createDiv({ cls: cls("muted") });
  return {
    show(list) {
      view = list;
      setShown(root, list !== null);
      if (list === null) return;
      setText(title, list.title);
      buttons.show(list.buttons);
      rows.show(list.entries.slice(0, SHOWN));
      const rest = list.entries.slice(SHOWN).filter(({ kind }) => kind === "letter").length;
      setShown(more, rest > 0);
      setText(more, list.more(rest));
    },
  };
}

interface EntryPart {
  cause(row: CauseRow): void;
  letter(row: Row): void;
}

// A line keeps its key and with it what it is, so it is made as one or the other when it is shown first.
function makeEntry(parent: HTMLElement, actions: Actions): { readonly element: HTMLElement; readonly part: EntryPart } {
  const element = parent.createEl("li", { cls: cls("row") });
  let cause: CauseElements | null = null;
  let letter: RowElements | null = null;
  return {
    element,
    part: {
      cause: (row) => showCause((cause ??= causeElements(element, actions)), row),
      letter: (row) => showRow((letter ??= rowElements(element, actions)), row, actions),
    },
  };
}

interface CauseElements {
  readonly title: HTMLElement;
  readonly help: HTMLElement;
  readonly buttons: KeyedChildren<PanelButton, HTMLButtonElement>;
}

function causeElements(element: HTMLElement, actions: Actions): CauseElements {
  element.addClass(cls("cause"));
  return { title: element.createEl("h5"), help: element.createDiv({ cls: cls("muted") }), buttons: buttonsPart(element, actions) };
}

function showCause({ buttons, help, title }: CauseElements, row: CauseRow): void {
  setText(title, row.title);
  setText(help, row.help);
  buttons.show(row.buttons);
}
