import { boxPart } from "./boxPart";
import type { Inputs } from "./folderChoices";
import { setAttribute, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, figuresPart, listPart, placed, progressPart, setTone } from "./panelParts";
import type { Actions } from "./panelParts";
import type { PanelAction, PanelView } from "../view/panelView";
import { strings } from "../text/strings";
import { tasksPart } from "./tasksPart";

/** The panel in plain DOM: elements are made once, and an update touches only what differs. */
export class PanelDom {
  private readonly actions: Actions = new WeakMap();
  private readonly inputs: Inputs = new WeakMap();
  private readonly parts: readonly ((view: PanelView) => void)[];

  constructor(private readonly root: HTMLElement) {
    root.addClass(cls("panel"));
    this.parts = [
      this.chip(root),
      ...this.boxes(root),
      this.figures(root),
      this.connection(root),
      this.batch(root),
      this.tasks(root),
      ...this.lists(root),
      this.aside(root),
    ];
  }

  show(view: PanelView): void {
    for (const part of this.parts) part(view);
  }

  /** What a click on this element asks for, or null. */
  actionOf(target: EventTarget | null): PanelAction | null {
    const element = target as Element | null;
    const button = element?.closest("button") ?? null;
    const action = button === null || button.disabled ? null : (this.actions.get(button) ?? null);
    return action?.kind === "start-index" && this.leadToWrong() ? null : action;
  }

  /** What the text in this element asks for now, or null; says beside it what is wrong with it. */
  inputOf(target: EventTarget | null): PanelAction | null {
    return this.inputs.get(target as Element)?.() ?? null;
  }

  /** Follows a click on the chip to the part that says more. False when the click was on something else. */
  follow(target: EventTarget | null): boolean {
    const place = (target as Element | null)?.closest("[data-leads-to]")?.getAttribute("data-leads-to") ?? null;
    if (place === null) return false;
    this.root.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
    return true;
  }

  // What a field with a fault would keep out is not kept out: nothing may start before it is put right.
  private leadToWrong(): boolean {
    const wrong = this.root.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    return wrong !== null;
  }

  private chip(root: HTMLElement): (view: PanelView) => void {
    const chip = root.createDiv({ cls: cls("chip"), attr: { role: "status", "aria-live": "polite" } });
    const button = chip.createEl("button", { cls: cls("chip-button"), attr: { type: "button" } });
    return ({ chip: { tone, text, place } }) => {
      setTone(chip, tone);
      setText(button, text);
      setAttribute(button, "data-leads-to", place);
    };
  }

  private boxes(root: HTMLElement): readonly ((view: PanelView) => void)[] {
    const box = boxPart(root, this.actions, this.inputs);
    const progress = progressPart(root, this.actions);
    return [(view) => box.show(view.box), (view) => progress.show(view.progress)];
  }

  private figures(root: HTMLElement): (view: PanelView) => void {
    const figures = figuresPart(root);
    return (view) => figures.show(view.figures);
  }

  private connection(root: HTMLElement): (view: PanelView) => void {
    const section = root.createEl("section", { cls: [cls("section"), cls("connection")], attr: placed("connection") });
    const title = section.createEl("h4");
    const text = section.createDiv({ cls: cls("connection-text"), attr: { "aria-live": "polite" } });
    const buttons = buttonsPart(section, this.actions);
    return ({ connection }) => {
      setText(title, connection.title);
      setTone(text, connection.tone);
      setText(text, connection.text);
      buttons.show(connection.buttons);
    };
  }

  private batch(root: HTMLElement): (view: PanelView) => void {
    const section = root.createEl("section", { cls: [cls("section"), cls("batch")] });
    const title = section.createEl("h4");
    const text = section.createDiv({ cls: cls("muted") });
    const buttons = buttonsPart(section, this.actions);
    return ({ batch }) => {
      setShown(section, batch !== null);
      setText(title, batch?.title ?? "");
      setText(text, batch?.text ?? "");
      buttons.show(batch === null ? [] : [batch.reset]);
    };
  }

  private tasks(root: HTMLElement): (view: PanelView) => void {
    const tasks = tasksPart(root, this.actions);
    return (view) => tasks.show(view.tasks);
  }

  private lists(root: HTMLElement): readonly ((view: PanelView) => void)[] {
    const dead = listPart(root, "dead", this.actions);
    const problems = listPart(root, "problems", this.actions);
    return [(view) => dead.show(view.dead), (view) => problems.show(view.problems)];
  }

  private aside(root: HTMLElement): (view: PanelView) => void {
    const aside = root.createDiv({ cls: cls("aside") });
    setAttribute(root, "aria-label", strings.title);
    return (view) => {
      setShown(aside, view.aside !== null);
      setText(aside, view.aside ?? "");
    };
  }
}
