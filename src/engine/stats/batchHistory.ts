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

/** What one store got lately. */
export interface BatchHistory {
  /** The last hour, the oldest minute first. Minutes in which nothing happened are left out. */
  readonly minutes: readonly MinuteFigures[];
  /** The last 50 batches, the newest one first. */
  readonly batches: readonly BatchRecord[];
}

/** Made of the figures when somebody looks. `now` is epoch milliseconds. */
export function batchHistory(stats: Stats, store: string, now: number): BatchHistory {
  const history = stats.stores.get(store)?.history;
  if (history === undefined) return { minutes: [], batches: [] };
  return { minutes: hourUntil(history.minutes, now).map(figuresOf), batches: [...history.batches].reverse() };
}

function figuresOf({ latency, ...minute }: Minute): MinuteFigures {
  const { batches, travelled } = minute;
  return { ...minute, latency: percentilesOf(latency), meanSize: batches === 0 ? null : travelled / batches };
}
