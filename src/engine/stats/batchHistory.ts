import { emptyHistogram, withHistogram } from "../kernel/histogram";
import { percentilesOf, type BatchRecord, type Percentiles } from "./history";
import { hourUntil } from "./hour";
import type { Minute } from "./minute";
import type { Stats } from "./reduce";

/** One minute as people and programs see it. */
export interface MinuteFigures extends Omit<Minute, "latency"> {
  /** Milliseconds from the cut of a batch to its end; null where no batch ended. */
  readonly latency: Percentiles;
  /** Events of a batch on the average; null where no batch ended. */
  readonly meanSize: number | null;
}

/** An hour as people and programs see it. */
export type HourFigures = Pick<MinuteFigures, "batches" | "travelled" | "stored" | "failed" | "retried" | "failedWrites" | "bytes" | "opens" | "latency" | "meanSize" | "load">;

/** What one store got lately. */
export interface BatchHistory {
  /** The last hour, the oldest minute first. Minutes in which nothing happened are left out. */
  readonly minutes: readonly MinuteFigures[];
  /** The same together. */
  readonly hour: HourFigures;
  /** The last 50 batches, the newest one first. */
  readonly batches: readonly BatchRecord[];
}

/** Made of the figures when somebody looks. `now` is epoch milliseconds. */
export function batchHistory(stats: Stats, store: string, now: number): BatchHistory {
  const history = stats.stores.get(store)?.history;
  const minutes = hourUntil(history?.minutes ?? [], now);
  return { minutes: minutes.map(figuresOf), hour: hourOf(minutes), batches: [...(history?.batches ?? [])].reverse() };
}

function hourOf(minutes: readonly Minute[]): HourFigures {
  const sum = (count: (minute: Minute) => number): number => minutes.reduce((all, minute) => all + count(minute), 0);
  const [batches, travelled] = [sum((minute) => minute.batches), sum((minute) => minute.travelled)];
  const loads = minutes.flatMap(({ load }) => (load === null ? [] : [load]));
  return {
    batches,
    travelled,
    stored: sum((minute) => minute.stored),
    failed: sum((minute) => minute.failed),
    retried: sum((minute) => minute.retried),
    failedWrites: sum((minute) => minute.failedWrites),
    bytes: sum((minute) => minute.bytes),
    opens: sum((minute) => minute.opens),
    latency: percentilesOf(minutes.reduce((all, { latency }) => withHistogram(all, latency), emptyHistogram)),
    meanSize: meanSize(batches, travelled),
    load: loads.length === 0 ? null : Math.max(...loads),
  };
}

function figuresOf({ latency, ...minute }: Minute): MinuteFigures {
  const { batches, travelled } = minute;
  return { ...minute, latency: percentilesOf(latency), meanSize: meanSize(batches, travelled) };
}

function meanSize(batches: number, travelled: number): number | null {
  return batches === 0 ? null : travelled / batches;
}
