import type { EngineStatus, StoreStatus } from "../../engine/index";
import { isConnecting } from "./connection";
import { deadEvents } from "./deadEvents";
import type { Format } from "../text/format";
import type { Chip, ChipState, Tone } from "./panelView";
import { isStopped } from "../session/sessionView";
import type { SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";

const words = strings.chip;

/** The one state that matters most now, worst first. */
export function chipOf(view: SessionView, format: Format): Chip {
  const { intake, status } = view;
  if (intake.kind === "failed") return chip("closedByError", "error", words.closedByError);
  if (intake.kind === "waiting") return chip("waiting", "warn", words.waiting);
  if (status === null) return chip("opening", "busy", words.opening);
  return journalChip(status) ?? indexChip(view, status, format) ?? storeChip(view, status, format);
}

/** What the chip is called where it stands alone, away from the panel. */
export function chipLabel({ text }: Chip): string {
  return fill(words.label, { title: strings.title, text });
}

function journalChip({ journal }: EngineStatus): Chip | null {
  if (journal.kind === "ok") return null;
  return journal.fault === "full" ? chip("diskFull", "error", words.diskFull) : chip("notSaving", "error", words.notSaving);
}

function indexChip({ intake }: SessionView, { phase }: EngineStatus, format: Format): Chip | null {
  if (intake.kind === "asking") return chip("asking", "idle", words.asking);
  if (intake.kind === "asking-again") return chip("settingsLost", "warn", words.declined);
  if (intake.kind === "declined") return chip("declined", "idle", words.declined);
  if (intake.kind !== "capturing") return chip("opening", "busy", words.opening);
  if (phase.kind === "scanning" && phase.total > 0) {
    return chip("indexing", "busy", fill(words.indexing, { done: format.count(phase.done), total: format.count(phase.total) }));
  }
  return phase.kind === "scanning" || intake.look === "pending" ? chip("indexingStart", "busy", words.indexingStart) : null;
}

function storeChip(view: SessionView, status: EngineStatus, format: Format): Chip {
  const { local, neo4j } = status.stores;
  const dead = deadEvents(status);
  if (dead > 0) return chip("failed", "error", fill(words.failed, { count: format.count(dead) }));
  const trouble = view.neo4j.kind === "on" && neo4j !== undefined ? troubleChip(neo4j, format) : null;
  if (trouble !== null) return trouble;
  if (view.neo4j.kind === "incomplete" || view.neo4j.kind === "failed") return chip("attention", "warn", words.attention);
  if (isStopped(view)) return chip("stopped", "warn", words.stopped);
  if (local.message !== null) return chip("graphBehind", "warn", words.graphBehind);
  const files = filesToLookAt(status);
  if (files > 0) return chip("problems", "warn", fill(words.problems, { files: format.plural(files, strings.words.file) }));
  const pending = neo4j?.pending ?? 0;
  if (neo4j !== undefined && isConnecting(status)) return chip("connecting", "busy", fill(words.connecting, { count: format.count(pending) }));
  if (pending > 0) return chip("sending", "busy", fill(words.sending, { count: format.count(pending) }));
  return neo4j === undefined ? chip("saved", "ok", words.saved) : chip("sent", "ok", words.sent);
}

/** A file with several problems counts once. */
export function filesToLookAt({ problems }: EngineStatus): number {
  return new Set(problems.map((problem) => problem.path)).size;
}

function troubleChip(store: StoreStatus, format: Format): Chip | null {
  switch (store.state) {
    case "unavailable":
      if (store.pending === 0) return chip("unavailableNone", "warn", words.unavailableNone);
      return chip("unavailable", "warn", fill(words.unavailable, { count: format.count(store.pending) }));
    case "auth":
    case "config":
      return chip("attention", "warn", words.attention);
    case "paused":
      return chip("paused", "warn", words.paused);
    default:
      return null;
  }
}

function chip(state: ChipState, tone: Tone, text: string): Chip {
  return { state, tone, text };
}
