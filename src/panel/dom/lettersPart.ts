import type { CauseRow, LetterEntry, LetterList } from "../view/letters";
import type { PanelButton, Row } from "../view/panelView";
import type { KeyedChildren } from "./keyedChildren";
import { setAttribute, setShown, setText } from "./keyedChildren";
import type { LongLists, Scrolled } from "./longLists";
import { buttonsPart, cls, rowElements, showRow } from "./panelParts";
import type { Actions, Part, RowElements } from "./panelParts";
import { WindowedList } from "./windowedList";

/** Pixels of a letter with two lines of text and one of buttons. */
const ROW = 110;

/** Events that a store refused, below their causes. */
export function lettersPart(parent: HTMLElement, actions: Actions, scrolled: Scrolled, lists: LongLists): Part<LetterList> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("dead")] });
  const head = root.createDiv({ cls: cls("section-head") });
  const title = head.createEl("h4");
  const buttons = buttonsPart(head, actions);
  let view: LetterList | null = null;
  const update = (part: EntryPart, entry: LetterEntry): void => {
    if (view === null) return;
    if (entry.kind === "cause") part.cause(view.causeRow(entry.cause));
    else part.letter(view.letterRow(entry.letter));
  };
  const list = new WindowedList<LetterEntry, EntryPart>(root, { ...scrolled, estimate: ROW, drawing: { make: (at) => makeEntry(at, actions), update } });
  lists.add(list, () => null);
  return {
    show(next) {
      view = next;
      setShown(root, next !== null);
      if (next !== null) {
        setText(title, next.title);
        buttons.show(next.buttons);
        setAttribute(list.root, "aria-label", next.title);
      }
      list.show(next?.rows ?? null);
    },
  };
}

interface EntryPart {
  cause(row: CauseRow): void;
  letter(row: Row): void;
}

// A line keeps its key and with it what it is, so it is made as one or the other when it is shown first.
function makeEntry(parent: HTMLElement, actions: Actions): { readonly element: HTMLElement; readonly part: EntryPart } {
  const element = parent.createDiv({ cls: cls("row") });
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
