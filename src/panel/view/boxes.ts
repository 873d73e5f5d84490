import type { EngineStatus, ScanPlanSize } from "../../engine/index";
import { readField } from "../../settings/fields";
import type { FolderField } from "../../settings/fields";
import type { Format } from "../text/format";
import type { Box, FolderChoice, PanelButton } from "./panelView";
import { isStopped } from "../session/sessionView";
import type { SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";

const words = strings.intake;

/** A box that only explains. */
const plain = { steps: [], folders: [], buttons: [] } as const;

/** The explanation that stands above everything else, where the state needs one. */
export function boxOf(view: SessionView, format: Format): Box | null {
  const { intake, status } = view;
  if (intake.kind === "failed") {
    return { tone: "error", title: words.failedTitle, lines: [intake.message, words.failedHelp], ...plain };
  }
  if (intake.kind === "waiting") {
    return { tone: "warn", title: words.waitingTitle, lines: [words.waitingHelp], ...plain };
  }
  const failing = status === null ? null : failingBox(status);
  if (failing !== null) return failing;
  if (intake.kind === "asking") return askingBox(view, intake.size, format);
  if (intake.kind === "asking-again") return askingAgainBox(view);
  if (isStopped(view)) return stoppedBox();
  if (intake.kind === "capturing") return graphBox(status?.stores.local.message ?? null);
  if (intake.kind !== "declined") return null;
  return { tone: "idle", title: words.declinedTitle, lines: [words.declinedHelp], ...plain, steps: steps(), buttons: [start(words.declinedYes)] };
}

/** What the first index would read, for the question before it. */
export function sizeText(size: ScanPlanSize, format: Format): string {
  return fill(words.askingCount, {
    canvases: format.plural(size.canvases, strings.words.canvas),
    notes: format.plural(size.notes, strings.words.note),
    size: format.bytes(size.bytes),
    time: format.roughly(estimate(size)),
  });
}

/** What the first index does and does not do. */
export function indexPromise({ neo4j }: SessionView): string {
  return neo4j.kind === "off" ? words.askingHelp : words.askingHelpNeo4j;
}

function steps(): readonly string[] {
  const { first, second, third } = strings.steps;
  return [first, second, third];
}

function askingBox(view: SessionView, size: ScanPlanSize, format: Format): Box {
  const decline: PanelButton = { label: words.askingNo, action: { kind: "decline-index" }, primary: false };
  return {
    tone: "busy",
    title: words.askingTitle,
    lines: [sizeText(size, format), indexPromise(view)],
    steps: steps(),
    folders: folderChoices(view),
    buttons: [start(words.askingYes), decline],
  };
}

function askingAgainBox(view: SessionView): Box {
  const settings: PanelButton = { label: strings.connection.openSettings, action: { kind: "open-settings" }, primary: false };
  return { tone: "warn", title: words.againTitle, lines: [words.againHelp, words.againKept], ...plain, folders: folderChoices(view), buttons: [start(words.againYes), settings] };
}

function stoppedBox(): Box {
  const sync: PanelButton = { label: strings.commands.syncNow, action: { kind: "sync-now" }, primary: true };
  return { tone: "warn", title: words.stoppedTitle, lines: [words.stoppedHelp], ...plain, buttons: [sync] };
}

function failingBox({ journal }: EngineStatus): Box | null {
  if (journal.kind === "ok") return null;
  const full = journal.fault === "full";
  return {
    tone: "error",
    title: full ? words.fullTitle : words.failingTitle,
    lines: full ? [words.fullHelp] : [journal.message, words.failingHelp],
    ...plain,
  };
}

function graphBox(trouble: string | null): Box | null {
  if (trouble === null) return null;
  return { tone: "warn", title: words.graphTitle, lines: [trouble, words.graphHelp], ...plain };
}

function folderChoices({ settings }: SessionView): readonly FolderChoice[] {
  const choice = (field: FolderField, label: string, help: string): FolderChoice => ({ field, label, help, value: String(readField(settings, field)) });
  const { foldersIn, foldersInHelp, foldersOut, foldersOutHelp } = strings.settings;
  return [choice("capture.foldersIn", foldersIn, foldersInHelp), choice("capture.foldersOut", foldersOut, foldersOutHelp)];
}

function start(label: string): PanelButton {
  return { label, action: { kind: "start-index" }, primary: true };
}

/** Milliseconds, from a slow laptop: opening files costs most in small vaults, their bytes in large ones. */
function estimate({ canvases, notes, bytes }: ScanPlanSize): number {
  return canvases * 10 + notes * 2 + bytes / 1000;
}
