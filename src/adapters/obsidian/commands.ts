import { Notice } from "obsidian";
import type { Plugin } from "obsidian";
import { indexPromise, sizeText } from "../../panel/view/boxes";
import type { Format } from "../../panel/text/format";
import type { Session } from "../../panel/session/session";
import type { TabId } from "../../panel/view/tabs";
import { fill, strings } from "../../panel/text/strings";
import { confirm } from "./confirmModal";
import { copyDiagnostics } from "./copyDiagnostics";
import { ImportModal } from "./importModal";
import { writeBackup } from "./journalBackup";
import { saveOpenCanvases, selected } from "./openCanvases";
import type { OpenModals } from "./openModals";
import { recordEvent } from "./recordEvent";
import { reported } from "./reported";
import { activeCanvas, restoreCanvas } from "./restoreCanvas";
import { NodeActions } from "./nodeActions";
import { addNodeMenus } from "./nodeMenus";
import { addFileMenus } from "./fileMenus";
import { addTaskCommands } from "./taskCommands";
import type { TaskNotices } from "./taskNotices";
import { trialText } from "../../panel/view/trialText";

/** What the commands need beside the session. */
export interface CommandHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly format: Format;
  readonly modals: OpenModals;
  readonly notices: TaskNotices;
  /** At one of its tabs, or where it was. */
  openPanel(tab?: TabId): Promise<void>;
  /** Closes the engine, deletes this device's data and starts anew. */
  removeDeviceData(): Promise<void>;
}

/** Adds a command that is there while `can`, and runs with its failure told. */
export type AddCommand = (id: string, name: string, can: () => boolean, run: () => Promise<void> | void) => void;

const names = strings.commands;

export function addCommands(host: CommandHost): void {
  const { plugin, session } = host;
  const running = (): boolean => session.current() !== null;
  const add: AddCommand = (id, name, can, run) => {
    plugin.addCommand({
      id,
      name,
      checkCallback: (checking) => {
        if (can() && !checking) void reported(run);
        return can();
      },
    });
  };
  add("open-panel", names.openPanel, () => true, () => host.openPanel());
  add("sync-now", names.syncNow, running, () => syncNow(host));
  add("test-connection", names.testConnection, running, () => testConnection(host));
  add("pause-sync", names.pause, () => session.look().neo4j.kind === "on" && !session.paused, () => session.current()?.pause());
  add("resume-sync", names.resume, () => session.paused, () => session.current()?.resume());
  add("start-capturing", names.startIndex, () => running() && !session.intake.capturing, () => startCapturing(host));
  add("stop-reading", names.stopIndex, () => session.current()?.status().phase.kind === "scanning", () => session.intake.stop());
  add("record-learning-event", names.record, () => running() && selected(plugin.app) !== null, () => recordSelected(host));
  add("restore-canvas", names.restore, () => running() && activeCanvas(plugin.app) !== null, () => restoreActive(host));
  add("back-up-journal", names.backup, running, () => backUp(host));
  add("import-journal", names.importBackup, running, () => importBackup(host));
  add("retry-refused", names.retryDead, () => hasLetters(session), () => retryRefused(host));
  add("discard-refused", names.discardDead, () => hasLetters(session), () => discardRefused(host));
  add("show-stats", names.showStats, () => true, () => host.openPanel("batches"));
  add("reset-figures", names.resetStats, running, () => resetFigures(host));
  add("copy-diagnostics", names.copyDiagnostics, () => true, () => copyDiagnostics(host));
  add("remove-device-data", names.removeHere, () => true, () => removeHere(host));
  add("remove-neo4j-data", names.removeNeo4j, () => session.look().neo4j.kind === "on", () => removeFromNeo4j(host));
  addTaskCommands(host, add);
  addNodeMenus(host, new NodeActions(host), add);
  addFileMenus(host);
}

/** Reads the whole vault and says what came of it. */
export async function syncNow({ plugin, session, format }: Pick<CommandHost, "plugin" | "session" | "format">): Promise<void> {
  await saveOpenCanvases(plugin.app);
  const report = await session.syncNow();
  if (report === null) {
    new Notice(strings.notices.notCapturing);
    return;
  }
  const canvases = format.plural(report.canvases, strings.words.canvas);
  new Notice(fill(strings.notices.synced, { canvases, events: format.plural(report.journaled, strings.words.event) }));
}

/** Tries Neo4j once and says what came of it. */
export async function testConnection({ session, format }: Pick<CommandHost, "session" | "format">): Promise<void> {
  new Notice(trialText(await session.testConnection(), format));
}

async function startCapturing({ plugin, session, format, modals }: CommandHost): Promise<void> {
  const size = await (await session.ready()).planScan();
  const words = strings.intake;
  const question = { title: strings.confirm.consentTitle, yes: words.askingYes, no: words.askingNo, destructive: false };
  if (await confirm(plugin.app, modals, { ...question, lines: [sizeText(size, format), indexPromise(session.look())] })) await session.intake.start();
}

function recordSelected(host: CommandHost): void {
  const subject = selected(host.plugin.app);
  if (subject !== null) recordEvent(host, subject);
}

async function restoreActive(host: CommandHost): Promise<void> {
  const path = activeCanvas(host.plugin.app);
  if (path !== null) await restoreCanvas(host, path);
}

export async function backUp({ plugin, session }: Pick<CommandHost, "plugin" | "session">): Promise<void> {
  const engine = await session.ready();
  const path = await writeBackup(plugin.app, new Date(), engine.backup());
  new Notice(fill(strings.notices.backedUp, { path }));
}

function importBackup({ plugin, session, format, modals }: CommandHost): void {
  const modal = new ImportModal(plugin.app, async (file) => {
    try {
      const { added, duplicates, bad } = await (await session.ready()).importBackup(await file.text());
      const counts = { duplicates: format.count(duplicates), bad: format.count(bad) };
      new Notice(fill(strings.notices.imported, { added: format.plural(added, strings.words.event), ...counts }));
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  modals.show(modal);
}

function hasLetters(session: Session): boolean {
  return (session.current()?.deadLetters().length ?? 0) > 0;
}

async function retryRefused({ session, format }: CommandHost): Promise<void> {
  const count = await (await session.ready()).retryDead("all");
  new Notice(fill(strings.notices.retried, { events: format.plural(count, strings.words.event) }));
}

/** Discards refused events after a yes: all that there are now, or one. */
export async function discardRefused({ plugin, session, format, modals }: CommandHost, only?: string): Promise<void> {
  const engine = await session.ready();
  // Those that the person was told of, and none that is refused while they think about it.
  const ids = engine.deadLetters().map(({ id }) => id).filter((id) => only === undefined || id === only);
  if (ids.length === 0) return;
  const words = strings.confirm;
  const events = format.plural(ids.length, strings.words.event);
  const question = { title: words.discardTitle, lines: [fill(words.discardText, { events })], yes: words.discard, no: words.cancel };
  if (!(await confirm(plugin.app, modals, { ...question, destructive: true }))) return;
  const count = await engine.discardDead(ids);
  new Notice(fill(strings.notices.discarded, { events: format.plural(count, strings.words.event) }));
}

export async function resetFigures({ session }: Pick<CommandHost, "session">): Promise<void> {
  await session.resetFigures();
  new Notice(strings.notices.figuresReset);
}

async function removeHere(host: CommandHost): Promise<void> {
  const words = strings.confirm;
  const question = { title: words.removeHereTitle, lines: [words.removeHereText], yes: words.removeHere, no: words.cancel };
  if (!(await confirm(host.plugin.app, host.modals, { ...question, destructive: true }))) return;
  await host.removeDeviceData();
  new Notice(strings.notices.removedHere);
}

async function removeFromNeo4j({ plugin, session, format, modals }: CommandHost): Promise<void> {
  const words = strings.confirm;
  const question = { title: words.removeNeo4jTitle, lines: [words.removeNeo4jText], yes: words.removeNeo4j, no: words.cancel };
  if (!(await confirm(plugin.app, modals, { ...question, destructive: true }))) return;
  const result = await session.removeFromNeo4j();
  if (result.kind === "no-store") new Notice(strings.notices.noStore);
  else if (result.kind === "failed") new Notice(result.message);
  else new Notice(fill(strings.notices.removedNeo4j, { count: format.count(result.entities) }));
}
