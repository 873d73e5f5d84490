import type { PanelAction, TaskList, TaskRow } from "../view/panelView";
import { setAttribute, setShown, setText } from "./keyedChildren";
import { cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import type { LongLists, Scrolled } from "./longLists";
import { taskDrawing } from "./taskRowPart";
import type { TaskElements } from "./taskRowPart";
import { WindowedList } from "./windowedList";

/** Pixels of a row with one line of buttons. */
const ROW = 112;

/** Tasks that go on, and below them, folded, those that ended. */
export function tasksPart(parent: HTMLElement, actions: Actions, scrolled: Scrolled, lists: LongLists): Part<TaskList> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("tasks")] });
  const title = root.createEl("h4");
  const rows = new WeakMap<Element, TaskRow>();
  const drawing = taskDrawing(actions, (element, row) => rows.set(element, row));
  const list = (): WindowedList<TaskRow, TaskElements> => new WindowedList<TaskRow, TaskElements>(root, { ...scrolled, estimate: ROW, drawing });
  const open = list();
  const fold = root.createEl("button", { cls: cls("fold"), attr: { type: "button", "aria-expanded": "false" } });
  const ended = list();
  let last: TaskList | null = null;
  const show = (tasks: TaskList | null): void => {
    last = tasks;
    setShown(root, tasks !== null);
    setText(title, tasks?.title ?? "");
    setAttribute(open.root, "aria-label", tasks?.title ?? "");
    setAttribute(ended.root, "aria-label", tasks?.ended?.title ?? "");
    setShown(fold, (tasks?.ended ?? null) !== null);
    setText(fold, tasks?.ended?.title ?? "");
    open.show(tasks?.open ?? null);
    const isUnfolded = fold.getAttribute("aria-expanded") === "true";
    setShown(ended.root, isUnfolded);
    ended.show(isUnfolded ? (tasks?.ended?.rows ?? null) : null);
  };
  lists.add(open, (target, key) => reordered(rows, target, key));
  lists.add(ended, () => null);
  lists.addFold(fold, () => {
    setAttribute(fold, "aria-expanded", String(fold.getAttribute("aria-expanded") !== "true"));
    show(last);
  });
  return { show };
}

function reordered(rows: WeakMap<Element, TaskRow>, target: Element, key: string): PanelAction | null {
  const element = target.closest(`.${cls("task")}`);
  const row = element === null ? undefined : rows.get(element);
  if (row === undefined) return null;
  return key === "Alt+ArrowUp" ? row.sooner : key === "Alt+ArrowDown" ? row.later : null;
}
