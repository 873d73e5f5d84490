import type { BlockView } from "../view/blockView";
import type { DueRow, DueView } from "../view/dueView";
import type { PanelAction } from "../view/panelView";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { movementPart, movesPart } from "./movementPart";
import { cls, setTone } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import { timelinePart } from "./timelinePart";

/** A code block of a note in plain DOM, of the same parts as the panel. */
export class BlockDom {
  private readonly actions: Actions = new WeakMap();
  private readonly part: Part<BlockView>;

  constructor(root: HTMLElement) {
    root.addClass(cls("block"));
    this.part = blockPart(root, this.actions);
  }

  show(view: BlockView): void {
    this.part.show(view);
  }

  /** What a click on this element asks for, or null. */
  actionOf(target: EventTarget | null): PanelAction | null {
    const button = (target as Element | null)?.closest("button") ?? null;
    return button === null || button.disabled ? null : (this.actions.get(button) ?? null);
  }
}

function blockPart(root: HTMLElement, actions: Actions): Part<BlockView> {
  const fault = root.createDiv({ cls: cls("block-fault"), attr: { role: "alert" } });
  const faultTitle = fault.createDiv({ cls: cls("box-title") });
  const faultText = fault.createDiv({ cls: cls("wrong") });
  const instead = root.createDiv({ cls: cls("muted") });
  const movement = movementPart(root);
  const moves = movesPart(root, actions);
  const due = duePart(root, actions);
  const history = root.createEl("section", { cls: [cls("section"), cls("history")] });
  const head = history.createDiv({ cls: cls("row-head") });
  const jump = head.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  const about = head.createSpan({ cls: cls("muted") });
  const timeline = timelinePart(history, actions);
  return {
    show(view) {
      if (view === null) return;
      setShown(fault, view.fault !== null);
      setText(faultTitle, view.fault?.title ?? "");
      setText(faultText, view.fault?.text ?? "");
      setShown(instead, view.instead !== null);
      setText(instead, view.instead ?? "");
      movement.show(view.movement);
      moves.show(view.moves);
      due.show(view.due);
      setShown(history, view.timeline !== null);
      timeline.show(view.timeline);
      if (view.timeline === null) return;
      setText(jump, view.timeline.title);
      setText(about, view.timeline.about);
      setAttribute(jump, "aria-label", view.timeline.jump.label);
      actions.set(jump, view.timeline.jump.action);
    },
  };
}

interface DueElements {
  readonly root: HTMLElement;
  readonly title: HTMLButtonElement;
  readonly when: HTMLElement;
}

function duePart(parent: HTMLElement, actions: Actions): Part<DueView> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("due")] });
  const title = root.createEl("h4");
  const rows = new KeyedChildren<DueRow, DueElements>(root.createEl("ul", { cls: cls("rows") }), ({ key }) => key, makeDue, (row, value) => showDue(row, value, actions));
  const note = root.createDiv({ cls: cls("muted") });
  return {
    show(view) {
      setShown(root, view !== null);
      if (view === null) return;
      setText(title, view.title);
      rows.show(view.rows);
      setText(note, view.note ?? "");
      setShown(note, view.note !== null);
    },
  };
}

function makeDue(parent: HTMLElement): { element: HTMLElement; part: DueElements } {
  const root = parent.createEl("li", { cls: [cls("row"), cls("row-head")] });
  const title = root.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  return { element: root, part: { root, title, when: root.createSpan({ cls: cls("due-when") }) } };
}

function showDue({ root, title, when }: DueElements, row: DueRow, actions: Actions): void {
  setTone(root, row.tone);
  setText(title, row.title);
  setAttribute(title, "aria-label", row.open.label);
  actions.set(title, row.open.action);
  setText(when, row.when);
}
