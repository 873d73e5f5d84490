import type { BatchesView } from "../view/batchesView";
import type { TableView } from "../view/chartView";
import { ChartPart } from "./chartPart";
import { emptyPart } from "./emptyPart";
import { KeyedChildren, setShown, setText } from "./keyedChildren";
import { buttonsPart, cls, setTone } from "./panelParts";
import type { Actions, Part } from "./panelParts";
import { TablePart } from "./tablePart";

export interface DrawnPart<T> extends Part<T> {
  /** The theme may be another one: what is drawn takes its colours anew. */
  restyle(): void;
  close(): void;
}

export function batchesPart(root: HTMLElement, actions: Actions): DrawnPart<BatchesView> {
  const empty = emptyPart(root, actions);
  const figures = root.createEl("section", { cls: [cls("section"), cls("batches")] });
  const head = figures.createDiv({ cls: cls("section-head") });
  const title = head.createEl("h4");
  const buttons = buttonsPart(head, actions);
  const state = figures.createDiv({ cls: cls("connection-text") });
  const charts = new ChartList(figures.createDiv({ cls: cls("charts") }));
  const minutes = minutesPart(figures);
  const lastTitle = figures.createEl("h4");
  const last = new TablePart(figures);
  return {
    show(view) {
      empty.show(view?.kind === "empty" ? view.empty : null);
      setShown(figures, view?.kind === "figures");
      if (view?.kind !== "figures") return;
      setText(title, view.title);
      buttons.show([view.reset]);
      setTone(state, view.state.tone);
      setText(state, view.state.text);
      charts.show(view.charts);
      minutes.show(view.minutes);
      setText(lastTitle, view.last.title);
      last.show(view.last);
    },
    restyle: () => charts.restyle(),
    close: () => charts.close(),
  };
}

class ChartList {
  private readonly made = new Set<ChartPart>();
  private readonly charts: KeyedChildren<Parameters<ChartPart["show"]>[0], ChartPart>;

  constructor(parent: HTMLElement) {
    this.charts = new KeyedChildren(
      parent,
      ({ key }) => key,
      (at) => {
        const part = new ChartPart(at);
        this.made.add(part);
        return { element: part.element, part };
      },
      (part, view) => part.show(view),
    );
  }

  show(views: Parameters<(typeof this.charts)["show"]>[0]): void {
    this.charts.show(views);
  }

  restyle(): void {
    for (const part of this.made) part.restyle();
  }

  close(): void {
    for (const part of this.made) part.close();
  }
}

/** The figures of the charts as text, made only once somebody opens them. */
function minutesPart(parent: HTMLElement): Part<TableView> {
  const details = parent.createEl("details", { cls: cls("details") });
  const summary = details.createEl("summary");
  const table = new TablePart(details);
  let view: TableView | null = null;
  const showOpen = (): void => {
    if (details.open && view !== null) table.show(view);
  };
  details.addEventListener("toggle", showOpen);
  return {
    show(next) {
      if (next === null || next === view) return;
      view = next;
      setText(summary, next.title);
      showOpen();
    },
  };
}
