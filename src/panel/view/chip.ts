import type { EngineStatus, StoreStatus } from "../../engine/index";
import { isConnecting } from "./connection";
import type { Format } from "../text/format";
import type { Chip, Place, Tone } from "./panelView";
import { isStopped } from "../session/sessionView";
import type { SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";

const words = strings.chip;

/** The one state that matters most now, worst first. */
export function chipOf(view: SessionView, format: Format): Chip {
  const { intake, status } = view;
  if (intake.kind === "failed") return chip("error", words.closedByError, "box");
  if (intake.kind === "waiting") return chip("warn", words.waiting, "box");
  if (status === null) return chip("busy", words.opening, "figures");
  return journalChip(status) ?? indexChip(view, status, format) ?? storeChip(view, status, format);
}

function journalChip(status: EngineStatus): Chip | null {
  if (status.journal.kind === "ok") return null;
  return chip("error", status.journal.fault === "full" ? words.diskFull : words.notSaving, "box");
}

function indexChip({ intake }: SessionView, { phase }: EngineStatus, format: Format): Chip | null {
  if (intake.kind === "asking") return chip("idle", words.asking, "box");
  if (intake.kind === "asking-again") return chip("warn", words.declined, "box");
  if (intake.kind === "declined") return chip("idle", words.declined, "box");
  if (intake.kind !== "capturing") return chip("busy", words.opening, "figures");
  if (phase.kind === "scanning" && phase.total > 0) {
    return chip("busy", fill(words.indexing, { done: format.count(phase.done), total: format.count(phase.total) }), "progress");
  }
  return phase.kind === "scanning" || intake.look === "pending" ? chip("busy", words.indexingStart, "progress") : null;
}

function storeChip(view: SessionView, status: EngineStatus, format: Format): Chip {
  const { local, neo4j } = status.stores;
  const dead = local.dead + (neo4j?.dead ?? 0);
  if (dead > 0) return chip("error", fill(words.failed, { count: format.count(dead) }), "dead");
  const trouble = view.neo4j.kind === "on" && neo4j !== undefined ? troubleChip(neo4j, format) : null;
  if (trouble !== null) return trouble;
  if (view.neo4j.kind === "incomplete" || view.neo4j.kind === "failed") return chip("warn", words.attention, "connection");
  if (isStopped(view)) return chip("warn", words.stopped, "box");
  if (local.message !== null) return chip("warn", words.graphBehind, "box");
  const files = new Set(status.problems.map((problem) => problem.path)).size;
  if (files > 0) return chip("warn", fill(words.problems, { files: format.plural(files, ...strings.words.file) }), "problems");
  const pending = neo4j?.pending ?? 0;
  if (neo4j !== undefined && isConnecting(status)) return connection("busy", fill(words.connecting, { count: format.count(pending) }));
  if (pending > 0) return connection("busy", fill(words.sending, { count: format.count(pending) }));
  return neo4j === undefined ? chip("ok", words.saved, "figures") : connection("ok", words.sent);
}

function troubleChip(store: StoreStatus, format: Format): Chip | null {
  switch (store.state) {
    case "unavailable":
      if (store.pending === 0) return connection("warn", words.unavailableNone);
      return connection("warn", fill(words.unavailable, { count: format.count(store.pending) }));
    case "auth":
    case "config":
      return connection("warn", words.attention);
    case "paused":
      return connection("warn", words.paused);
    default:
      return null;
  }
}

function connection(tone: Tone, text: string): Chip {
  return chip(tone, text, "connection");
}

function chip(tone: Tone, text: string, place: Place): Chip {
  return { tone, text, place };
}
