import uPlot from "uplot";
import type { ChartView, SeriesView } from "../view/chartView";
import { colorOf, colorsOf } from "./chartColors";
import { chartData, chartOptions } from "./chartOptions";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { cls } from "./panelParts";

interface Drawn {
  readonly plot: uPlot;
  readonly shape: string;
}

/** A chart with its title, its keys and what it says in one line. */
export class ChartPart {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly plotAt: HTMLElement;
  private readonly summary: HTMLElement;
  private readonly help: HTMLElement;
  private readonly keys: KeyedChildren<SeriesView, KeyElements>;
  private readonly keyElements = new Map<string, HTMLElement>();
  private view: ChartView | null = null;
  private drawn: Drawn | null = null;
  private observer: ResizeObserver | null = null;
  private observed: Window | null = null;

  constructor(parent: HTMLElement) {
    this.element = parent.createEl("section", { cls: cls("chart") });
    const head = this.element.createDiv({ cls: cls("chart-head") });
    this.title = head.createEl("h5");
    this.keys = new KeyedChildren<SeriesView, KeyElements>(head.createDiv({ cls: cls("chart-keys") }), ({ key }) => key, makeKey, ({ element, text }, { key, label }) => {
      setAttribute(element, "data-series", key);
      setText(text, label);
      this.keyElements.set(key, element);
    });
    this.plotAt = this.element.createDiv({ cls: cls("chart-plot"), attr: { role: "img" } });
    this.summary = this.element.createDiv({ cls: cls("chart-summary") });
    this.help = this.element.createDiv({ cls: cls("muted") });
  }

  show(view: ChartView): void {
    this.watchSize();
    if (view === this.view) return;
    this.view = view;
    setText(this.title, view.title);
    setText(this.summary, view.summary);
    setShown(this.help, view.help !== null);
    setText(this.help, view.help ?? "");
    setAttribute(this.plotAt, "aria-label", `${view.title}: ${view.summary}`);
    // One series needs no key: it is what the title says.
    this.keys.show(view.series);
    this.element.toggleClass(cls("chart-plain"), view.series.length === 1);
    this.draw();
  }

  /** Draws anew with the colours and fonts that the theme has now. */
  restyle(): void {
    this.forget();
    this.draw();
  }

  close(): void {
    this.observer?.disconnect();
    this.observer = null;
    this.observed = null;
    this.forget();
  }

  private draw(): void {
    const { view } = this;
    const { clientHeight: height, clientWidth: width } = this.plotAt;
    if (view === null || width === 0 || height === 0) return;
    const shape = `${view.series.map(({ key, kind }) => `${key} ${kind}`).join()} ${this.plotAt.win.devicePixelRatio}`;
    if (this.drawn !== null && this.drawn.shape !== shape) this.forget();
    if (this.drawn === null) this.drawn = { plot: this.make(view, width, height), shape };
    else this.drawn.plot.setData(chartData(view));
  }

  private make(view: ChartView, width: number, height: number): uPlot {
    const colors = colorsOf(this.plotAt);
    const strokes = view.series.map(({ key }) => {
      const element = this.keyElements.get(key);
      return element === undefined ? colors.text : colorOf(element);
    });
    const options = chartOptions({ width, height, colors, strokes, view: () => this.view ?? view, onPoint: (index) => this.point(index) });
    return new uPlot(options, chartData(view), this.plotAt);
  }

  private point(index: number | null): void {
    if (this.view !== null) setText(this.summary, index === null ? this.view.summary : this.view.at(index));
  }

  // A panel that moves to a window of its own needs that window's observer.
  private watchSize(): void {
    const { win } = this.element;
    if (this.observed === win) return;
    this.observer?.disconnect();
    const Observer = (win as typeof window).ResizeObserver;
    this.observer = new Observer(() => this.resized());
    this.observer.observe(this.plotAt);
    this.observed = win;
  }

  private resized(): void {
    const { clientHeight: height, clientWidth: width } = this.plotAt;
    if (this.drawn === null) return this.draw();
    const { plot } = this.drawn;
    if (width > 0 && height > 0 && (plot.width !== width || plot.height !== height)) plot.setSize({ width, height });
  }

  private forget(): void {
    this.drawn?.plot.destroy();
    this.drawn = null;
  }
}

interface KeyElements {
  /** Has the colour of its series. */
  readonly element: HTMLElement;
  readonly text: HTMLElement;
}

function makeKey(parent: HTMLElement): { readonly element: HTMLElement; readonly part: KeyElements } {
  const element = parent.createSpan({ cls: cls("chart-key") });
  return { element, part: { element, text: element.createSpan() } };
}
