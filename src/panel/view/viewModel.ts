import type { EngineStatus } from "../../engine/index";
import { boxOf } from "./boxes";
import { chipOf } from "./chip";
import { connectionOf } from "./connection";
import type { Format } from "../text/format";
import { deadList, problemList } from "./lists";
import type { Figure, PanelView, Progress, Tone } from "./panelView";
import type { LastBatch, SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";
import { taskList } from "./taskList";

/** What the panel shows of a session at the time `now` (epoch ms). */
export function panelView(view: SessionView, format: Format, now: number): PanelView {
  const { status } = view;
  return {
    chip: chipOf(view, format),
    box: boxOf(view, format),
    progress: status === null || view.intake.kind !== "capturing" ? null : progressOf(status, format, now),
    figures: figures(view, format),
    connection: connectionOf(view),
    batch: view.neo4j.kind === "on" ? { title: strings.batch.title, text: batchText(view.lastBatch, format), reset: { label: strings.batch.reset, action: { kind: "reset-figures" }, primary: false } } : null,
    tasks: taskList(status?.tasks ?? [], format, now),
    problems: problemList(status?.problems ?? [], format),
    dead: deadList(view.dead, format),
    aside: status === null || status.quarantined === 0 ? null : quarantineText(status.quarantined, format),
  };
}

function progressOf({ phase }: EngineStatus, format: Format, now: number): Progress | null {
  if (phase.kind !== "scanning") return null;
  const { done, total, startedAt } = phase;
  const stop = { label: strings.progress.stop, action: { kind: "stop-index" }, primary: false } as const;
  const values = { done: format.count(done), total: format.count(total) };
  const left = timeLeft(done, total, now - startedAt);
  const detail =
    left === null ? fill(strings.progress.detail, values) : fill(strings.progress.left, { ...values, time: format.roughly(left) });
  return { label: strings.progress.label, detail, fraction: total === 0 ? null : Math.min(1, done / total), stop };
}

/** Milliseconds that the rest will take at the pace so far; null while there is no pace to speak of. */
function timeLeft(done: number, total: number, elapsed: number): number | null {
  return done < 3 || done >= total || elapsed <= 0 ? null : (elapsed / done) * (total - done);
}

function figures({ status, neo4j }: SessionView, format: Format): readonly Figure[] {
  const words = strings.figures;
  const store = neo4j.kind === "on" ? status?.stores.neo4j : undefined;
  const dead = (status?.stores.local.dead ?? 0) + (status?.stores.neo4j?.dead ?? 0);
  const figure = (key: string, label: string, help: string, value: number | undefined, tone: Tone = "idle"): Figure => ({
    key,
    label,
    help,
    value: value === undefined ? words.none : format.figure(value),
    tone,
  });
  return [
    figure("saved", words.saved, words.savedHelp, status?.events),
    figure("sent", words.sent, words.sentHelp, store?.sent),
    figure("waiting", words.waiting, words.waitingHelp, store?.pending, (store?.pending ?? 0) > 0 ? "warn" : "idle"),
    figure("failed", words.failed, words.failedHelp, status === null ? undefined : dead, dead > 0 ? "error" : "idle"),
  ];
}

function batchText(batch: LastBatch | null, format: Format): string {
  if (batch === null) return strings.batch.none;
  const { line, partly, refused } = strings.batch;
  return fill(batch.failed > 0 ? refused : batch.stored < batch.events ? partly : line, {
    stored: format.count(batch.stored),
    events: format.plural(batch.events, ...strings.words.event),
    ms: format.milliseconds(batch.ms),
    time: format.timeOfDay(batch.at),
    failed: format.count(batch.failed),
  });
}

function quarantineText(count: number, format: Format): string {
  return fill(strings.problems.quarantined, { count: format.plural(count, ...strings.words.line) });
}
