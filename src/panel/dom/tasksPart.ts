import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, setTone } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import type { PanelButton, TaskList, TaskRow } from "../view/panelView";

interface TaskElements {
  readonly root: HTMLElement;
  readonly title: HTMLElement;
  readonly state: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly detail: HTMLElement;
  readonly reason: HTMLElement;
  readonly error: HTMLElement;
  readonly buttons: KeyedChildren<PanelButton, HTMLButtonElement>;
}

export function tasksPart(parent: HTMLElement, actions: Actions): Part<TaskList> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("tasks")] });
  const title = root.createEl("h4");
  const list = root.createEl("ul", { cls: cls("rows") });
  const rows = new KeyedChildren<TaskRow, TaskElements>(list, (row) => row.key, (at) => makeRow(at, actions), showRow);
  const more = root.createDiv({ cls: cls("muted") });
  return {
    show(tasks) {
      setShown(root, tasks !== null);
      if (tasks === null) return;
      setText(title, tasks.title);
      rows.show(tasks.rows);
      setShown(more, tasks.more !== null);
      setText(more, tasks.more ?? "");
    },
  };
}

function makeRow(parent: HTMLElement, actions: Actions): { element: HTMLElement; part: TaskElements } {
  const root = parent.createEl("li", { cls: [cls("row"), cls("task")] });
  const head = root.createDiv({ cls: cls("row-head") });
  const title = head.createSpan({ cls: cls("task-title") });
  const state = head.createSpan({ cls: cls("task-state") });
  const bar = root.createEl("progress", { attr: { max: "1" } });
  const detail = root.createDiv({ cls: cls("muted") });
  const reason = root.createDiv({ cls: cls("muted") });
  const error = root.createDiv({ cls: cls("wrong") });
  return { element: root, part: { root, title, state, bar, detail, reason, error, buttons: buttonsPart(root, actions) } };
}

function showRow({ bar, buttons, detail, error, reason, root, state, title }: TaskElements, row: TaskRow): void {
  setTone(root, row.tone);
  setText(title, row.title);
  setText(state, row.state);
  setShown(bar, row.progress !== null);
  if (row.progress !== null) {
    setAttribute(bar, "aria-label", row.progress.label);
    bar.value = row.progress.fraction;
  }
  setText(detail, row.detail);
  setShown(reason, row.reason !== null);
  setText(reason, row.reason ?? "");
  setShown(error, row.error !== null);
  setText(error, row.error ?? "");
  buttons.show(row.buttons);
}
