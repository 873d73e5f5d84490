import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import type { Figure, PanelAction, PanelButton, Progress, Row, RowList, Tone } from "../view/panelView";

/** What each button of the panel asks for now. */
export type Actions = WeakMap<Element, PanelAction>;

/** A piece of the panel: makes its elements once and shows what it is given; null hides it. */
export interface Part<T> {
  show(value: T | null): void;
}

const prefix = "canvas-engram-";

export function cls(name: string): string {
  return `${prefix}${name}`;
}

export function setTone(element: HTMLElement, tone: Tone): void {
  setAttribute(element, "data-tone", tone);
}

export function buttonsPart(parent: HTMLElement, actions: Actions): KeyedChildren<PanelButton, HTMLButtonElement> {
  return new KeyedChildren(
    parent.createDiv({ cls: cls("buttons") }),
    (button) => button.key ?? button.action.kind,
    (at) => {
      const element = at.createEl("button", { attr: { type: "button" } });
      return { element, part: element };
    },
    (element, button) => {
      setText(element, button.label);
      if (button.about !== undefined) setAttribute(element, "aria-label", `${button.label}: ${button.about}`);
      element.toggleClass("mod-cta", button.primary);
      setAttribute(element, "aria-disabled", String(button.off === true));
      if (button.off === true) actions.delete(element);
      else actions.set(element, button.action);
    },
  );
}

export function progressPart(parent: HTMLElement, actions: Actions): Part<Progress> {
  const root = parent.createDiv({ cls: cls("progress") });
  const label = root.createDiv({ cls: cls("progress-label") });
  const bar = root.createEl("progress", { attr: { max: "1" } });
  const foot = root.createDiv({ cls: cls("progress-foot") });
  const detail = foot.createDiv({ cls: cls("muted") });
  const buttons = buttonsPart(foot, actions);
  return {
    show(progress) {
      setShown(root, progress !== null);
      if (progress === null) return;
      setText(label, progress.label);
      setText(detail, progress.detail);
      setAttribute(bar, "aria-label", progress.label);
      if (progress.fraction === null) bar.removeAttribute("value");
      else bar.value = progress.fraction;
      buttons.show([progress.stop]);
    },
  };
}

interface FigureElements {
  readonly root: HTMLElement;
  readonly label: HTMLElement;
  readonly value: HTMLElement;
}

export function figuresPart(parent: HTMLElement): KeyedChildren<Figure, FigureElements> {
  return new KeyedChildren<Figure, FigureElements>(
    parent.createEl("dl", { cls: cls("figures") }),
    (figure) => figure.key,
    (at) => {
      const root = at.createDiv({ cls: cls("figure") });
      const label = root.createEl("dt");
      return { element: root, part: { root, label, value: root.createEl("dd") } };
    },
    ({ root, label, value }, figure) => {
      setAttribute(root, "data-figure", figure.key);
      setAttribute(root, "aria-label", figure.help);
      setTone(root, figure.tone);
      setText(label, figure.label);
      setText(value, figure.value);
    },
  );
}

export interface RowElements {
  readonly title: HTMLButtonElement;
  readonly place: HTMLElement;
  readonly text: HTMLElement;
  readonly buttons: KeyedChildren<PanelButton, HTMLButtonElement>;
}

export function listPart(parent: HTMLElement, name: "failed-tasks" | "problems", actions: Actions): Part<RowList> {
  const root = parent.createEl("section", { cls: [cls("section"), cls(name)] });
  const head = root.createDiv({ cls: cls("section-head") });
  const title = head.createEl("h4");
  const buttons = buttonsPart(head, actions);
  const rows = new KeyedChildren<Row, RowElements>(root.createEl("ul", { cls: cls("rows") }), (row) => row.key, (at) => makeRow(at, actions), (row, value) =>
    showRow(row, value, actions),
  );
  const more = root.createDiv({ cls: cls("muted") });
  return {
    show(list) {
      setShown(root, list !== null);
      if (list === null) return;
      setText(title, list.title);
      buttons.show(list.buttons);
      rows.show(list.rows);
      setShown(more, list.more !== null);
      setText(more, list.more ?? "");
    },
  };
}

function makeRow(parent: HTMLElement, actions: Actions): { element: HTMLElement; part: RowElements } {
  const element = parent.createEl("li", { cls: cls("row") });
  return { element, part: rowElements(element, actions) };
}

/** What a row is made of, in an element that is there. */
export function rowElements(element: HTMLElement, actions: Actions): RowElements {
  const head = element.createDiv({ cls: cls("row-head") });
  const title = head.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  const place = head.createSpan({ cls: cls("muted") });
  const text = element.createDiv({ cls: cls("row-text") });
  return { title, place, text, buttons: buttonsPart(element, actions) };
}

export function showRow({ title, place, text, buttons }: RowElements, row: Row, actions: Actions): void {
  setText(title, row.title);
  title.disabled = row.open === null;
  if (row.open === null) actions.delete(title);
  else {
    actions.set(title, row.open.action);
    // A name other than what is seen could not be spoken to by who says it aloud.
    setAttribute(title, "aria-description", row.open.label);
  }
  setText(place, row.place ?? "");
  setText(text, row.text);
  buttons.show(row.buttons);
}
