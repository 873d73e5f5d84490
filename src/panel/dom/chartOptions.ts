import uPlot from "uplot";
import type { ChartView, SeriesView } from "../view/chartView";
import { faded } from "./chartColors";
import type { ChartColors } from "./chartColors";

/** Room for half a bar at both ends, in seconds. */
const END_S = 30;
/** Pixels of a digit, about, and beside the text of an axis. */
const DIGIT = 0.62;
const AXIS_GAP = 10;

export interface ChartLook {
  readonly width: number;
  readonly height: number;
  readonly colors: ChartColors;
  /** Of the series, in their order. */
  readonly strokes: readonly string[];
  /** What is shown now: texts of the axes follow it. */
  readonly view: () => ChartView;
  /** Hears which of the times the pointer is at; null when it left. */
  readonly onPoint: (index: number | null) => void;
}

/** What uPlot is told of a chart. Nothing can be dragged or clicked: the page scrolls on. */
export function chartOptions({ colors, height, onPoint, strokes, view, width }: ChartLook): uPlot.Options {
  const fontSize = Number.parseInt(colors.font, 10);
  const axis = { stroke: colors.text, font: colors.font, ticks: { show: false } };
  const grid = { stroke: colors.grid, width: 1 };
  const { band, series } = view();
  return {
    width,
    height,
    legend: { show: false },
    // The time of the last tick stands to both sides of it.
    padding: [6, fontSize * 2, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false }, bind: { mousedown: () => null, mouseup: () => null, click: () => null, dblclick: () => null } },
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
    scales: {
      x: { range: (_, least, most) => [least - END_S, most + END_S] },
      y: { range: (_, __, most) => [0, Math.max(view().most, most) * 1.05] },
    },
    axes: [
      { ...axis, grid: { show: false }, space: fontSize * 6, size: fontSize + AXIS_GAP, gap: 4, values: (_, times) => times.map((time) => view().time(time)) },
      { ...axis, grid, space: 26, gap: 4, size: (_, texts) => longest(texts) * fontSize * DIGIT + AXIS_GAP, values: (_, values) => values.map((value) => view().value(value)) },
    ],
    series: [{}, ...series.map((one, index) => seriesOptions(one, strokes[index] ?? colors.text, () => view().series[index]?.values ?? []))],
    bands: band ? [{ series: [1, 2], fill: faded(strokes[0] ?? colors.text, 0.2) }] : [],
  };
}

/** The figures as uPlot takes them. */
export function chartData({ series, times }: ChartView): uPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])];
}

function seriesOptions({ kind }: SeriesView, stroke: string, values: () => SeriesView["values"]): uPlot.Series {
  if (kind === "bars") {
    const paths = uPlot.paths.bars?.({ size: [0.8, 24] });
    return { stroke, fill: faded(stroke, 0.6), width: 0, points: { show: false }, ...(paths === undefined ? {} : { paths }) };
  }
  const dash = kind === "dashes" ? { dash: [4, 3] } : {};
  // Only a minute between two quiet ones needs a dot: it has no line to a neighbour.
  return { stroke, width: 1.5, points: { show: true, filter: () => alone(values()), size: 4, fill: stroke }, ...dash };
}

function alone(values: SeriesView["values"]): number[] {
  const isGap = (index: number): boolean => (values[index] ?? null) === null;
  return [...values.keys()].filter((index) => !isGap(index) && isGap(index - 1) && isGap(index + 1));
}

function longest(texts: readonly string[] | null): number {
  return Math.max(1, ...(texts ?? []).map((text) => text.length));
}
