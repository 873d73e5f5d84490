import type { DayBar, LevelRow, MoveRow, MovementView, MovesView } from "../view/movementView";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { levelSign } from "./levelSign";
import { cls } from "./panelParts";
import type { Actions, Part } from "./panelParts";

/** Bars of days, and the same figures as a table that explains the colours. */
export function movementPart(parent: HTMLElement): Part<MovementView> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("movement")] });
  const head = root.createDiv({ cls: cls("section-head") });
  const title = head.createEl("h4");
  const summary = head.createSpan({ cls: cls("muted") });
  const bars = new KeyedChildren<DayBar, BarElements>(root.createEl("ol", { cls: cls("bars") }), ({ key }) => key, makeBar, showBar);
  const note = root.createDiv({ cls: cls("muted") });
  const table = root.createEl("table", { cls: cls("levels") });
  const heads = table.createEl("thead").createEl("tr");
  const [level, today, total] = [columnHead(heads), columnHead(heads), columnHead(heads)];
  const rows = new KeyedChildren<LevelRow, LevelElements>(table.createEl("tbody"), (row) => row.level, makeLevel, showLevel);
  return {
    show(view) {
      setShown(root, view !== null);
      if (view === null) return;
      setText(title, view.title);
      setText(summary, view.summary);
      bars.show(view.days);
      setText(note, view.note ?? "");
      setShown(note, view.note !== null);
      setText(level, view.heads.level);
      setText(today, view.heads.today);
      setText(total, view.heads.total);
      rows.show(view.levels);
    },
  };
}

export function movesPart(parent: HTMLElement, actions: Actions): Part<MovesView> {
  const root = parent.createEl("section", { cls: [cls("section"), cls("moves")] });
  const title = root.createEl("h4");
  const rows = new KeyedChildren<MoveRow, MoveElements>(root.createEl("ul", { cls: cls("rows") }), ({ key }) => key, makeMove, (row, move) => showMove(row, move, actions));
  const more = root.createDiv({ cls: cls("muted") });
  return {
    show(view) {
      setShown(root, view !== null);
      if (view === null) return;
      setText(title, view.title);
      rows.show(view.rows);
      setText(more, view.more ?? "");
      setShown(more, view.more !== null);
    },
  };
}

interface BarElements {
  readonly root: HTMLElement;
  readonly count: HTMLElement;
  readonly bar: HTMLElement;
  readonly label: HTMLElement;
  readonly parts: KeyedChildren<DayBar["parts"][number], HTMLElement>;
}

function makeBar(parent: HTMLElement): { element: HTMLElement; part: BarElements } {
  const element = parent.createEl("li", { cls: cls("day") });
  const root = element.createDiv({ cls: cls("day-figure"), attr: { role: "img" } });
  const track = root.createDiv({ cls: cls("day-track") });
  const bar = track.createDiv({ cls: cls("day-bar") });
  const count = track.createDiv({ cls: cls("day-count") });
  const label = root.createDiv({ cls: cls("day-label") });
  const parts = new KeyedChildren<DayBar["parts"][number], HTMLElement>(
    bar,
    ({ level }) => level,
    (at) => {
      const part = at.createDiv({ cls: cls("day-part") });
      return { element: part, part };
    },
    (part, { level, share }) => {
      setAttribute(part, "data-level", level);
      part.setCssProps({ "--canvas-engram-share": String(share) });
    },
  );
  return { element, part: { root, count, bar, label, parts } };
}

function showBar({ bar, count, label, parts, root }: BarElements, day: DayBar): void {
  setAttribute(root, "aria-label", day.text);
  setAttribute(root, "data-today", String(day.isToday));
  setText(count, day.count);
  setText(label, day.label);
  bar.setCssProps({ "--canvas-engram-share": String(day.share) });
  parts.show(day.parts);
}

interface LevelElements {
  readonly sign: ReturnType<typeof levelSign>;
  readonly label: HTMLElement;
  readonly today: HTMLElement;
  readonly total: HTMLElement;
}

function columnHead(row: HTMLElement): HTMLElement {
  return row.createEl("th", { attr: { scope: "col" } });
}

function makeLevel(parent: HTMLElement): { element: HTMLElement; part: LevelElements } {
  const element = parent.createEl("tr");
  const head = element.createEl("th", { attr: { scope: "row" } }).createDiv({ cls: cls("level-name") });
  const sign = levelSign(head);
  return { element, part: { sign, label: head.createSpan(), today: element.createEl("td"), total: element.createEl("td") } };
}

function showLevel({ label, sign, today, total }: LevelElements, row: LevelRow): void {
  sign(row.level);
  setText(label, row.label);
  setText(today, row.today);
  setText(total, row.total);
}

interface MoveElements {
  readonly title: HTMLButtonElement;
  readonly text: HTMLElement;
}

function makeMove(parent: HTMLElement): { element: HTMLElement; part: MoveElements } {
  const element = parent.createEl("li", { cls: cls("row") });
  const head = element.createDiv({ cls: cls("row-head") });
  const title = head.createEl("button", { cls: cls("link"), attr: { type: "button" } });
  return { element, part: { title, text: head.createSpan({ cls: cls("muted") }) } };
}

function showMove({ text, title }: MoveElements, row: MoveRow, actions: Actions): void {
  setText(title, row.title);
  setText(text, row.text);
  title.disabled = row.open === null;
  if (row.open === null) {
    actions.delete(title);
    return;
  }
  actions.set(title, row.open.action);
  setAttribute(title, "aria-label", row.open.label);
}
