import { batchHistory, type BatchHistory, type EngineStatus, type StoreStats } from "../../engine/index";
import { batchCharts, minuteTable } from "./batchCharts";
import type { ChartView, TableView } from "./chartView";
import type { Format } from "../text/format";
import type { PanelButton, Tone } from "./panelView";
import type { SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";

const STORE = "neo4j";
const words = strings.batches;
const nouns = strings.batchWords;

/** What an empty page says. */
export interface EmptyView {
  readonly title: string;
  readonly lines: readonly string[];
  readonly buttons: readonly PanelButton[];
}

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

/** Makes the page, and what is drawn in it only when a batch has ended or a minute has passed since. */
export class BatchesLook {
  private last: { readonly stats: StoreStats; readonly minute: number; readonly drawn: Drawn; readonly history: BatchHistory } | null = null;

  constructor(private readonly format: Format) {}

  /** `now` is epoch milliseconds. */
  view(view: SessionView, now: number): BatchesView {
    const { neo4j, status } = view;
    const stats = status?.stats.stores.get(STORE);
    if (neo4j.kind === "off" || neo4j.kind === "incomplete") return { kind: "empty", empty: offView() };
    if (status === null || stats === undefined || stats.totals.batches === 0) return { kind: "empty", empty: noneView() };
    const { drawn, history } = this.drawnOf(status, stats, now);
    const reset: PanelButton = { label: words.reset, action: { kind: "reset-figures" }, primary: false };
    return { kind: "figures", title: words.title, state: stateOf(status, stats, history, this.format), ...drawn, reset };
  }

  private drawnOf(status: EngineStatus, stats: StoreStats, now: number): { readonly drawn: Drawn; readonly history: BatchHistory } {
    const minute = Math.floor(now / 60_000);
    const known = this.last;
    if (known !== null && known.minute === minute && known.stats.history === stats.history && known.stats.load === stats.load && known.stats.targetSize === stats.targetSize) return known;
    const history = batchHistory(status.stats, STORE, now);
    const drawn = { charts: batchCharts(history, stats, now, this.format), minutes: minuteTable(history, this.format), last: lastTable(history, this.format) };
    this.last = { stats, minute, drawn, history };
    return this.last;
  }
}

function stateOf(status: EngineStatus, stats: StoreStats, { hour }: BatchHistory, format: Format): Figures["state"] {
  const lines = [
    ...(hour.opens > 0 ? [fill(words.opens, { times: format.plural(hour.opens, ...nouns.time) })] : []),
    ...(hour.failedWrites > 0 ? [fill(words.failedWrites, { writes: format.plural(hour.failedWrites, ...nouns.write) })] : []),
    ...(hour.retried > 0 ? [fill(words.retried, { events: format.plural(hour.retried, ...strings.words.event) })] : []),
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
  const { bytes, events, failed, ms, stored, time, title, tries } = words.last;
  return {
    title,
    head: [time, events, stored, failed, ms, tries, bytes],
    rows: batches.map((batch) => ({
      key: `${batch.batch} ${batch.at}`,
      tone: batch.failed > 0 ? "error" : batch.stored < batch.events ? "warn" : "idle",
      cells: [
        format.timeOfDay(batch.at),
        format.count(batch.events),
        format.count(batch.stored),
        format.count(batch.failed),
        format.milliseconds(batch.ms),
        format.count(batch.attempts),
        format.bytes(batch.bytes),
      ],
    })),
  };
}
