import type { Tone } from "./panelView";

/** One line or row of bars of a chart. A value is null where there is none. */
export interface SeriesView {
  /** Names its colour in styles.css. */
  readonly key: "stored" | "p50" | "p95" | "mean" | "target" | "load";
  readonly label: string;
  readonly kind: "bars" | "line" | "dashes";
  readonly values: readonly (number | null)[];
}

/** A chart over time as a value: what is drawn, and the same in words. */
export interface ChartView {
  readonly key: string;
  readonly title: string;
  /** One line that says what is to be seen. */
  readonly summary: string;
  /** More about what the figure means, or null. */
  readonly help: string | null;
  /** Epoch seconds, rising. */
  readonly times: readonly number[];
  readonly series: readonly SeriesView[];
  /** Whether the space between the first two series is filled. */
  readonly band: boolean;
  /** The top of the scale at least. */
  readonly most: number;
  readonly time: (seconds: number) => string;
  readonly value: (value: number) => string;
  /** What stands at one of the times. */
  readonly at: (index: number) => string;
}

export interface TableView {
  readonly title: string;
  readonly head: readonly Column[];
  readonly rows: readonly TableRow[];
}

export interface Column {
  readonly text: string;
  /** Shown only where there is room for it. */
  readonly wide: boolean;
}

export interface TableRow {
  readonly key: string;
  readonly tone: Tone;
  readonly cells: readonly string[];
}
