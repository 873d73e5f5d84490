import type { PanelButton, TaskRow } from "../view/panelView";
import { setAttribute, setShown, setText } from "./keyedChildren";
import type { KeyedChildren } from "./keyedChildren";
import { buttonsPart, cls, setTone } from "./panelParts";
import type { Actions } from "./panelParts";
import type { RowDrawing } from "./windowedList";

export interface TaskElements {
  readonly root: HTMLElement;
  readonly title: HTMLElement;
  readonly state: HTMLElement;
  readonly place: HTMLButtonElement;
  readonly bar: HTMLProgressElement;
  readonly detail: HTMLElement;
  readonly reason: HTMLElement;
  readonly error: HTMLElement;
  readonly buttons: KeyedChildren<PanelButton, HTMLButtonElement>;
}

/** `onRow` hears which row an element shows now. */
export function taskDrawing(actions: Actions, onRow: (element: HTMLElement, row: TaskRow) => void): RowDrawing<TaskRow, TaskElements> {
  return {
    make: (parent) => makeRow(parent, actions),
    update: (part, row) => {
      onRow(part.root, row);
      showRow(part, row, actions);
    },
  };
}

function makeRow(parent: HTMLElement, actions: Actions): { element: HTMLElement; part: TaskElements } {
  const root = parent.createDiv({ cls: [cls("row"), cls("task")] });
  const head = root.createDiv({ cls: cls("row-head") });
  const title = head.createSpan({ cls: cls("task-title") });
  const state = head.createSpan({ cls: cls("task-state") });
  const place = root.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  const bar = root.createEl("progress", { attr: { max: "1" } });
  const detail = root.createDiv({ cls: cls("muted") });
  const reason = root.createDiv({ cls: cls("muted") });
  const error = root.createDiv({ cls: cls("wrong") });
  return { element: root, part: { root, title, state, place, bar, detail, reason, error, buttons: buttonsPart(root, actions) } };
}

function showRow({ bar, buttons, detail, error, place, reason, root, state, title }: TaskElements, row: TaskRow, actions: Actions): void {
  setTone(root, row.tone);
  setText(title, row.title);
  setText(state, row.state);
  setShown(place, row.place !== null);
  if (row.place !== null) {
    setText(place, row.place.text);
    setAttribute(place, "aria-label", row.place.label);
    actions.set(place, row.place.action);
  }
  setShown(bar, row.progress !== null);
  if (row.progress !== null) {
    setAttribute(bar, "aria-label", row.progress.label);
    if (bar.value !== row.progress.fraction) bar.value = row.progress.fraction;
  }
  setText(detail, row.detail);
  setShown(reason, row.reason !== null);
  setText(reason, row.reason ?? "");
  setShown(error, row.error !== null);
  setText(error, row.error ?? "");
  buttons.show(row.buttons);
}
