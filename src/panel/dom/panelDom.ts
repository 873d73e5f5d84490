import { batchesPart } from "./batchesPart";
import type { DrawnPart } from "./batchesPart";
import { failedPart } from "./failedPart";
import type { Inputs } from "./folderChoices";
import { setAttribute } from "./keyedChildren";
import { LongLists } from "./longLists";
import type { Scrolled } from "./longLists";
import { liveRegion } from "./liveRegion";
import { learningPart } from "./learningPart";
import { nowPart } from "./nowPart";
import { cls, figuresPart } from "./panelParts";
import type { Actions } from "./panelParts";
import { stateLine } from "./stateLine";
import type { StateLine } from "./stateLine";
import { tabBar } from "./tabBar";
import type { TabBar } from "./tabBar";
import { tabPanel } from "./tabPanel";
import type { OpenTab, PanelAction, PanelView } from "../view/panelView";
import { strings } from "../text/strings";

/** The panel in plain DOM: elements are made once, and an update touches only what differs. */
export class PanelDom {
  private readonly actions: Actions = new WeakMap();
  private readonly inputs: Inputs = new WeakMap();
  /** Says a text to people who hear the panel. */
  readonly say: (text: string) => void;
  private readonly drawn: DrawnPart<never>[] = [];
  private readonly state: StateLine;
  private readonly tabs: TabBar;
  private readonly lists = new LongLists();
  private readonly scrolled: Scrolled;
  private readonly parts: readonly ((view: PanelView) => void)[];

  /** `id`: what the ids of its elements begin with, another one for each panel. */
  constructor(
    private readonly root: HTMLElement,
    id: string,
  ) {
    root.addClass(cls("panel"));
    this.say = liveRegion(root);
    const top = root.createDiv({ cls: cls("top") });
    this.state = stateLine(top, id, this.actions);
    const figures = figuresPart(top);
    this.scrolled = { scroller: root, covered: () => top.offsetHeight };
    this.tabs = tabBar(top, id, this.actions);
    const open = this.panels(root, id);
    this.parts = [
      (view) => this.state.show(view.chip, view.reason),
      (view) => figures.show(view.figures),
      (view) => this.tabs.show(view.tabs, view.open.id),
      (view) => open(view.open),
    ];
  }

  show(view: PanelView): void {
    setAttribute(this.root, "aria-label", strings.title);
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

  /** Opens or closes what the click was on. False when it was on something else. */
  follow(target: EventTarget | null): boolean {
    const element = target as Element | null;
    return this.state.follow(element) || this.lists.follow(element);
  }

  /** What a key on this element asks for, or null; true where it was for the panel alone. */
  keyOf(target: EventTarget | null, key: string): PanelAction | true | null {
    const element = target as Element | null;
    if (key === "Escape") return this.state.leave(element) || null;
    const tab = this.tabs.next(element, key);
    return tab === null ? this.lists.press(element, key) : { kind: "open-tab", tab };
  }

  /** The focus came to this element. */
  focused(target: EventTarget | null): void {
    this.lists.focused(target as Element | null);
  }

  /** The theme may be another one: what is drawn takes its colours anew. */
  restyle(): void {
    for (const part of this.drawn) part.restyle();
  }

  /** Nothing of it is used any more. */
  close(): void {
    this.lists.close();
    for (const part of this.drawn) part.close();
  }

  focusTab(tab: OpenTab["id"]): void {
    this.tabs.focus(tab);
  }

  // What a field with a fault would keep out is not kept out: nothing may start before it is put right.
  private leadToWrong(): boolean {
    const wrong = this.root.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    return wrong !== null;
  }

  private keep<T>(part: DrawnPart<T>): DrawnPart<T> {
    this.drawn.push(part);
    return part;
  }

  private panels(root: HTMLElement, id: string): (open: OpenTab) => void {
    const now = tabPanel(root, id, "now", (at) => nowPart(at, this.actions, this.inputs, this.scrolled, this.lists));
    const batches = tabPanel(root, id, "batches", (at) => this.keep(batchesPart(at, this.actions)));
    const failed = tabPanel(root, id, "failed", (at) => failedPart(at, this.actions, this.scrolled, this.lists));
    const learning = tabPanel(root, id, "learning", (at) => learningPart(at, this.actions, this.inputs));
    return (open) => {
      now.show(open.id === "now" ? open.now : null);
      batches.show(open.id === "batches" ? open.batches : null);
      failed.show(open.id === "failed" ? open.failed : null);
      learning.show(open.id === "learning" ? open.learning : null);
    };
  }
}
