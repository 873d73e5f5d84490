import { batchHistory, type BatchHistory, type BatchRecord, type EngineStatus, type HourFigures, type StoreStats } from "../../engine/index";
import { batchCharts, minuteTable, narrow, wide } from "./batchCharts";
import type { ChartView, TableView } from "./chartView";
import type { EmptyView } from "./emptyView";
import type { Format } from "../text/format";
import type { PanelButton, Tone } from "./panelView";
import type { SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";

const STORE = "neo4j";
const words = strings.batches;
const nouns = strings.batchWords;

/** How events travel to Neo4j: either nothing yet, or the figures of the last hour. */
export type BatchesView =
  | { readonly kind: "empty"; readonly empty: EmptyView }
  | {
      readonly kind: "figures";
      readonly title: string;
      readonly state: { readonly tone: Tone; readonly text: string };
      readonly charts: readonly ChartView[];
      readonly minutes: TableView;
      readonly last: TableView;
      readonly reset: PanelButton;
    };

type Figures = Extract<BatchesView, { kind: "figures" }>;
type Drawn = Pick<Figures, "charts" | "minutes" | "last">;

interface Kept extends Drawn {
  readonly format: Format;
  readonly minute: number;
  readonly stats: StoreStats;
  readonly hour: HourFigures;
}

// What is drawn differs only when a batch ended or a minute passed; what else happens must not cost the making of it.
const made = new WeakMap<StoreStats["history"], Kept>();

/** `now` is epoch milliseconds. */
export function batchesView({ neo4j, status }: SessionView, format: Format, now: number): BatchesView {
  const stats = status?.stats.stores.get(STORE);
  if (neo4j.kind === "off" || neo4j.kind === "incomplete") return { kind: "empty", empty: offView() };
  if (status === null || stats === undefined || stats.totals.batches === 0) return { kind: "empty", empty: noneView() };
  const { charts, hour, last, minutes } = drawn(status, stats, format, now);
  const reset: PanelButton = { label: words.reset, action: { kind: "reset-figures" }, primary: false };
  return { kind: "figures", title: words.title, state: stateOf(status, stats, hour, format), charts, minutes, last, reset };
}

function drawn(status: EngineStatus, stats: StoreStats, format: Format, now: number): Kept {
  const minute = Math.floor(now / 60_000);
  const known = made.get(stats.history);
  if (known?.minute === minute && known.format === format && known.stats.load === stats.load && known.stats.targetSize === stats.targetSize) return known;
  const history = batchHistory(status.stats, STORE, now);
  const kept: Kept = {
    format,
    minute,
    stats,
    hour: history.hour,
    charts: batchCharts(history, stats, now, format),
    minutes: minuteTable(history, format),
    last: lastTable(history, format),
  };
  made.set(stats.history, kept);
  return kept;
}

function stateOf(status: EngineStatus, stats: StoreStats, hour: HourFigures, format: Format): Figures["state"] {
  const lines = [
    ...(hour.opens > 0 ? [fill(words.opens, { times: format.plural(hour.opens, nouns.time) })] : []),
    ...(hour.failedWrites > 0 ? [fill(words.failedWrites, { writes: format.plural(hour.failedWrites, nouns.write) })] : []),
    ...(hour.retried > 0 ? [fill(words.retried, { events: format.plural(hour.retried, strings.words.event) })] : []),
  ];
  const { tone, text } = nowOf(status, stats);
  return { tone, text: [text, ...lines].join(" ") };
}

function nowOf(status: EngineStatus, { breaker }: StoreStats): Figures["state"] {
  const state = status.stores.neo4j?.state;
  if (state === "paused") return { tone: "warn", text: words.now.paused };
  if (state === "auth" || state === "config") return { tone: "warn", text: words.now.stopped };
  return { tone: breaker.state === "closed" ? "ok" : "warn", text: words.now[breaker.state] };
}

function offView(): EmptyView {
  const { connect, off, offHow, offTitle } = words.none;
  return { title: offTitle, lines: [off, offHow], buttons: [{ label: connect, action: { kind: "open-settings" }, primary: true }] };
}

function noneView(): EmptyView {
  return { title: words.none.title, lines: [words.none.text], buttons: [] };
}

function lastTable({ batches }: BatchHistory, format: Format): TableView {
  const { bytes, events, ms, result, time, title, tries } = words.last;
  return {
    title,
    head: [narrow(time), narrow(events), narrow(result), narrow(ms), wide(tries), wide(bytes)],
    rows: batches.map((batch) => ({
      key: `${batch.batch} ${batch.at}`,
      tone: batch.failed > 0 ? "error" : batch.stored < batch.events ? "warn" : "idle",
      cells: [
        format.timeOfDay(batch.at),
        format.count(batch.events),
        resultOf(batch, format),
        format.milliseconds(batch.ms),
        format.count(batch.attempts),
        format.bytes(batch.bytes),
      ],
    })),
  };
}

function resultOf({ events, failed, stored }: BatchRecord, format: Format): string {
  const { back, refused, stored: all } = words.results;
  const returned = events - stored - failed;
  const parts = [
    ...(failed > 0 ? [fill(refused, { count: format.count(failed) })] : []),
    ...(returned > 0 ? [fill(back, { count: format.count(returned) })] : []),
  ];
  return parts.length === 0 ? all : parts.join(words.joint);
}
