import { Notice, TFile, TFolder } from "obsidian";
import type { TAbstractFile } from "obsidian";
import type { JsonObject, JsonValue, TaskChange, Tasks, TaskView } from "../../engine/index";
import { isJsonObject } from "../../engine/index";
import type { Session } from "../../panel/session/session";
import type { PanelAction } from "../../panel/view/panelView";
import { fill, strings } from "../../panel/text/strings";
import { beginTask, makeTask, resultsOf } from "./beginTask";
import type { BegunTask } from "./beginTask";
import type { AddCommand, CommandHost } from "./commands";
import { confirm } from "./confirmModal";
import { exportData } from "./exportCommand";
import { FolderModal } from "./folderModal";
import { saveOpenCanvases } from "./openCanvases";
import { reported } from "./reported";
import { activeCanvas } from "./restoreCanvas";
import { undoTask } from "./undoTask";
import { addTemplateCommands, saveTemplate } from "./templateCommands";

const names = strings.commands;
const words = strings.taskCommands;

/** Lines of a difference that a dialog shows. */
const SHOWN_LINES = 10;

export function addTaskCommands(host: CommandHost, add: AddCommand): void {
  const { plugin, session } = host;
  const running = (): boolean => session.current() !== null;
  const some = (fits: (task: TaskView) => boolean): boolean => (session.current()?.tasks.list() ?? []).some((task) => task.endedAt === null && fits(task));
  const all = (change: "pause" | "resume" | "cancel") => async (): Promise<void> => tell(await (await session.ready()).tasks[change]("all"));
  add("index-canvas", names.indexCanvas, () => session.intake.capturing && activeCanvas(plugin.app) !== null, () => indexActive(host));
  add("index-folder", names.indexFolder, () => session.intake.capturing, () => {
    host.modals.show(new FolderModal(plugin.app, (folder) => void reported(() => indexFiles(host, [folder]))));
  });
  add("index-vault", names.indexVault, () => session.intake.capturing, () => indexFiles(host, [plugin.app.vault.getRoot()]));
  addTemplateCommands(host, add);
  add("export", names.export, running, () => exportData(host));
  add("verify", names.verify, running, () => verify(host));
  add("rebuild-graph", names.rebuild, running, () => rebuild(host));
  add("pause-tasks", names.pauseTasks, () => some((task) => task.status !== "paused"), all("pause"));
  add("resume-tasks", names.resumeTasks, () => some((task) => task.status === "paused"), all("resume"));
  add("cancel-tasks", names.cancelTasks, () => some(() => true), () => cancelAll(host));
}

/** What a button of a task in the panel asks for. */
export async function changeTask(host: CommandHost, action: Extract<PanelAction, { readonly id: string }>): Promise<void> {
  const { tasks } = await host.session.ready();
  const { id } = action;
  switch (action.kind) {
    case "raise-task":
    case "lower-task":
      return tell(await tasks.setPriority(id, action.priority));
    case "pause-task":
      return tell(await tasks.pause({ id }));
    case "resume-task":
      return tell(await tasks.resume({ id }));
    case "cancel-task":
      return cancelOne(host, tasks, id);
    case "retry-task":
      return tell(await tasks.retryFailed(id));
    case "undo-task":
      return undoTask(host, id);
    case "save-template":
      return saveTemplate(host, id);
  }
}

/** The end of a cancelled task makes no notice of its own, so this is the only one. */
async function cancelOne({ notices }: CommandHost, tasks: Tasks, id: string): Promise<void> {
  const task = tasks.status(id);
  const change = await tasks.cancel({ id });
  tell(change);
  if (change.kind === "changed" && task !== null) notices.answer(id, fill(words.cancelled, { title: task.title }));
}

/** A change that did not happen says why. One of a task that is gone needs no words: it is not shown any more either. */
function tell(change: TaskChange): void {
  if (change.kind === "not-now") new Notice(change.reason);
}

async function indexActive(host: CommandHost): Promise<void> {
  const path = activeCanvas(host.plugin.app);
  const file = path === null ? null : host.plugin.app.vault.getFileByPath(path);
  if (file !== null) await indexFiles(host, [file]);
}

/** Reads canvases, and those of folders, again. */
export async function indexFiles(host: Pick<CommandHost, "plugin" | "session" | "notices">, files: readonly TAbstractFile[]): Promise<void> {
  await saveOpenCanvases(host.plugin.app);
  const [first] = files;
  if (first === undefined) return;
  const what = files.length === 1 ? nameOf(first) : fill(words.severalFiles, { first: nameOf(first), more: String(files.length - 1) });
  const key = files.map((file) => (file instanceof TFile ? file.path : `${file.path}/`)).join("\n");
  await beginTask(host, files.map(indexItem), { kind: "index", title: fill(words.indexTitle, { what }), priority: "HIGH", dedupeKey: `index:${key}` });
}

function nameOf(file: TAbstractFile): string {
  return isRoot(file) ? words.wholeVault : file.path;
}

function indexItem(file: TAbstractFile): JsonObject {
  if (file instanceof TFile) return { canvas: file.path };
  return isRoot(file) ? { all: true } : { folder: file.path };
}

function isRoot(file: TAbstractFile): boolean {
  return file instanceof TFolder && file.isRoot();
}

/** Compares everything, or one canvas, says how much differs, and puts it right only after a yes. */
export async function verify(host: CommandHost, canvas: string | null = null): Promise<void> {
  const title = canvas === null ? words.verifyTitle : fill(words.verifyOneTitle, { path: canvas });
  const begun = await beginTask(host, [verifyItem(false, canvas)], { kind: "verify", title });
  const differences = await differencesOf(host.session, begun);
  if (differences === null) return;
  if (differences === 0) {
    host.notices.answer(begun.id, words.verifyNone);
    return;
  }
  const count = host.format.plural(differences, strings.words.difference);
  const question = { title: words.repairTitle, lines: [fill(words.repairText, { count })], yes: words.repairYes, no: strings.confirm.cancel, destructive: false };
  if (!(await confirm(host.plugin.app, host.modals, question))) return;
  await beginTask(host, [verifyItem(true, canvas)], { kind: "verify", title: words.repairTitle });
}

/** How much of the files, the graph and Neo4j differs; null where comparing did not come to its end. */
export async function compareAll(session: Session): Promise<number | null> {
  return differencesOf(session, await makeTask(session, [verifyItem(false, null)], { kind: "verify", title: words.verifyTitle }));
}

function verifyItem(repair: boolean, canvas: string | null): JsonObject {
  return { scope: "all", repair, ...(canvas === null ? {} : { canvas }) };
}

async function differencesOf(session: Session, begun: BegunTask): Promise<number | null> {
  const found = await resultsOf(session, begun);
  if (found === null || found.length === 0) return null;
  return found.reduce((sum, result) => sum + countIn(result["files"]) + countIn(result["store"]), 0);
}

function countIn(part: JsonValue | undefined): number {
  const differences = part !== undefined && isJsonObject(part) ? part["differences"] : 0;
  return typeof differences === "number" ? differences : 0;
}

/** Says first what would change, and changes it only after a yes. */
export async function rebuild(host: CommandHost): Promise<void> {
  const begun = await beginTask(host, [{ dryRun: true }], { kind: "rebuild", title: words.rebuildDryTitle, priority: "HIGH" });
  const [found] = (await resultsOf(host.session, begun)) ?? [];
  if (found === undefined) return;
  if (found["differences"] === 0) {
    host.notices.answer(begun.id, words.rebuildNone);
    return;
  }
  const count = host.format.plural(Number(found["differences"]), strings.words.difference);
  const lines = Array.isArray(found["lines"]) ? found["lines"].slice(0, SHOWN_LINES).map(String) : [];
  const question = { title: words.rebuildTitle, lines: [fill(words.rebuildText, { count }), ...lines], yes: words.rebuildYes, no: strings.confirm.cancel, destructive: false };
  if (!(await confirm(host.plugin.app, host.modals, question))) return;
  const resend = host.session.look().neo4j.kind === "on";
  await beginTask(host, [{ apply: true, resend }], { kind: "rebuild", title: words.rebuildTitle, priority: "HIGH" });
}

async function cancelAll({ modals, plugin, session }: CommandHost): Promise<void> {
  const question = { title: words.cancelTitle, lines: [words.cancelText], yes: words.cancelYes, no: words.cancelNo, destructive: true };
  if (await confirm(plugin.app, modals, question)) tell(await (await session.ready()).tasks.cancel("all"));
}
