import type { BatchHistory, MinuteFigures, StoreStats } from "../../engine/index";
import type { ChartView, Column, SeriesView, TableView } from "./chartView";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** Minutes that a chart shows at least: a single bar over the whole width says nothing. */
const LEAST_MINUTES = 15;

const words = strings.batches;

/** The charts of the last hour, from what leaves to why it is no more. `now` is epoch milliseconds. */
export function batchCharts(history: BatchHistory, stats: StoreStats, now: number, format: Format): readonly ChartView[] {
  const line = new TimeLine(history.minutes, now, format);
  return [throughput(line, history, format), latency(line, history, format), size(line, history, stats, format), load(line, history, stats, format)];
}

/** The same figures as text, the newest minute first. */
export function minuteTable({ minutes }: BatchHistory, format: Format): TableView {
  const { again, failed, load: loadHead, p50, p95, size: sizeHead, stored, target, time, title } = words.minutes;
  const count = (value: number): string => format.count(value);
  const milliseconds = (value: number): string => format.milliseconds(value);
  const percent = (value: number): string => format.percent(value);
  const told = (value: number | null, text: (value: number) => string): string => (value === null ? words.noValue : text(value));
  return {
    title,
    head: [narrow(time), narrow(stored), wide(again), wide(failed), narrow(p50), narrow(p95), narrow(sizeHead), wide(target), narrow(loadHead)],
    rows: [...minutes].reverse().map((minute) => ({
      key: String(minute.at),
      tone: minute.failed > 0 ? "error" : "idle",
      cells: [
        format.hourAndMinute(minute.at),
        format.count(minute.stored),
        format.count(minute.retried),
        format.count(minute.failed),
        told(minute.latency.p50, milliseconds),
        told(minute.latency.p95, milliseconds),
        told(minute.meanSize, count),
        told(minute.targetSize, count),
        told(minute.load, percent),
      ],
    })),
  };
}

/** The minutes that are drawn, also those in which nothing happened. */
class TimeLine {
  readonly times: readonly number[];
  private readonly all: readonly (MinuteFigures | undefined)[];

  constructor(minutes: readonly MinuteFigures[], now: number, private readonly format: Format) {
    const first = minutes[0]?.at ?? now;
    const newest = Math.max(minuteOf(now), minuteOf(minutes.at(-1)?.at ?? now));
    const count = Math.min(HOUR_MINUTES, Math.max(LEAST_MINUTES, newest - minuteOf(first) + 1));
    const byMinute = new Map(minutes.map((minute) => [minuteOf(minute.at), minute]));
    const wanted = Array.from({ length: count }, (_, index) => newest - count + 1 + index);
    this.times = wanted.map((minute) => (minute * MINUTE_MS) / 1000);
    this.all = wanted.map((minute) => byMinute.get(minute));
  }

  values(pick: (minute: MinuteFigures | undefined) => number | null): readonly (number | null)[] {
    return this.all.map(pick);
  }

  chart(given: Pick<ChartView, "key" | "title" | "summary" | "help" | "series" | "most" | "value"> & { readonly band?: boolean }): ChartView {
    const { format } = this;
    const { series, value } = given;
    const said = ({ label, values }: SeriesView, index: number): string => {
      const one = values[index] ?? null;
      return fill(words.atValue, { label, value: one === null ? words.noValue : value(one) });
    };
    return {
      band: false,
      ...given,
      times: this.times,
      time: (seconds) => format.hourAndMinute(seconds * 1000),
      at: (index) => fill(words.at, { time: format.hourAndMinute((this.times[index] ?? 0) * 1000), values: series.map((one) => said(one, index)).join(words.joint) }),
    };
  }
}

function throughput(line: TimeLine, { hour, minutes }: BatchHistory, format: Format): ChartView {
  const { stored, summary, title } = words.throughput;
  const most = Math.max(0, ...minutes.map((minute) => minute.stored));
  return line.chart({
    key: "throughput",
    title,
    help: null,
    summary: hour.stored === 0 ? words.quiet : fill(summary, { events: format.plural(hour.stored, strings.words.event), most: format.count(most) }),
    series: [{ key: "stored", label: stored, kind: "bars", values: line.values((minute) => minute?.stored ?? 0) }],
    most: 1,
    value: (value) => format.figure(value),
  });
}

function latency(line: TimeLine, { hour }: BatchHistory, format: Format): ChartView {
  const { p50, p95, summary, title } = words.latency;
  const text = hour.latency.p50 === null || hour.latency.p95 === null ? words.quiet : fill(summary, { p50: format.milliseconds(hour.latency.p50), p95: format.milliseconds(hour.latency.p95) });
  return line.chart({
    key: "latency",
    title,
    help: null,
    summary: text,
    series: [
      { key: "p95", label: p95, kind: "line", values: line.values((minute) => minute?.latency.p95 ?? null) },
      { key: "p50", label: p50, kind: "line", values: line.values((minute) => minute?.latency.p50 ?? null) },
    ],
    band: true,
    most: 10,
    value: (value) => format.milliseconds(value),
  });
}

function size(line: TimeLine, { hour }: BatchHistory, { targetSize }: StoreStats, format: Format): ChartView {
  const { mean, summary, summaryMean, target, title } = words.size;
  const values = { mean: format.count(hour.meanSize ?? 0), target: format.count(targetSize) };
  return line.chart({
    key: "size",
    title,
    help: null,
    summary: hour.meanSize === null ? words.quiet : fill(targetSize > 0 ? summary : summaryMean, values),
    series: [
      { key: "mean", label: mean, kind: "bars", values: line.values((minute) => minute?.meanSize ?? null) },
      { key: "target", label: target, kind: "dashes", values: lasting(line.values((minute) => minute?.targetSize ?? null)) },
    ],
    most: 10,
    value: (value) => format.figure(value),
  });
}

function load(line: TimeLine, { hour }: BatchHistory, stats: StoreStats, format: Format): ChartView {
  const { help, load: label, summary, title } = words.load;
  return line.chart({
    key: "load",
    title,
    help,
    summary: fill(summary, { now: format.percent(stats.load), most: format.percent(Math.max(stats.load, hour.load ?? 0)) }),
    series: [{ key: "load", label, kind: "bars", values: line.values((minute) => minute?.load ?? null) }],
    most: 1,
    value: (value) => format.percent(value),
  });
}

export function narrow(text: string): Column {
  return { text, wide: false };
}

export function wide(text: string): Column {
  return { text, wide: true };
}

/** What was said once holds until something else is said. */
function lasting(values: readonly (number | null)[]): readonly (number | null)[] {
  let said: number | null = null;
  return values.map((value) => (said = value ?? said));
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS);
}
