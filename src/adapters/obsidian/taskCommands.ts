import { Notice } from "obsidian";
import type { TFolder } from "obsidian";
import type { JsonObject, JsonValue, TaskChange, TaskOptions, Tasks, TaskView } from "../../engine/index";
import { isJsonObject } from "../../engine/index";
import type { PanelAction } from "../../panel/view/panelView";
import { fill, strings } from "../../panel/text/strings";
import type { AddCommand, CommandHost } from "./commands";
import { confirm } from "./confirmModal";
import { FolderModal } from "./folderModal";
import { saveOpenCanvases } from "./openCanvases";
import { reported } from "./reported";
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
  add("index-canvas", names.indexCanvas, () => session.intake.capturing && activeCanvas(host) !== null, () => indexCanvas(host));
  add("index-folder", names.indexFolder, () => session.intake.capturing, () => {
    host.modals.show(new FolderModal(plugin.app, (folder) => void reported(() => indexFolder(host, folder))));
  });
  addTemplateCommands(host, add);
  add("verify", names.verify, running, () => verify(host));
  add("rebuild-graph", names.rebuild, running, () => rebuild(host));
  add("pause-tasks", names.pauseTasks, () => some((task) => task.status !== "paused"), all("pause"));
  add("resume-tasks", names.resumeTasks, () => some((task) => task.status === "paused"), all("resume"));
  add("cancel-tasks", names.cancelTasks, () => some(() => true), () => cancelAll(host));
}

/** What a button of a task in the panel asks for. */
export async function changeTask(host: CommandHost, { kind, id }: Extract<PanelAction, { readonly id: string }>): Promise<void> {
  const { tasks } = await host.session.ready();
  switch (kind) {
    case "pause-task":
      return tell(await tasks.pause({ id }));
    case "resume-task":
      return tell(await tasks.resume({ id }));
    case "cancel-task":
      return cancelOne(tasks, id);
    case "retry-task":
      return tell(await tasks.retryFailed(id));
    case "undo-task":
      return undoTask(host, id);
    case "save-template":
      return saveTemplate(host, id);
  }
}

/** The end of a cancelled task makes no notice of its own, so this is the only one. */
async function cancelOne(tasks: Tasks, id: string): Promise<void> {
  const task = tasks.status(id);
  const change = await tasks.cancel({ id });
  tell(change);
  if (change.kind === "changed" && task !== null) new Notice(fill(words.cancelled, { title: task.title }));
}

/** A change that did not happen says why. One of a task that is gone needs no words: it is not shown any more either. */
function tell(change: TaskChange): void {
  if (change.kind === "not-now") new Notice(change.reason);
}

function activeCanvas({ plugin }: CommandHost): string | null {
  const file = plugin.app.workspace.getActiveFile();
  return file?.extension === "canvas" ? file.path : null;
}

async function indexCanvas(host: CommandHost): Promise<void> {
  const path = activeCanvas(host);
  if (path === null) return;
  await saveOpenCanvases(host.plugin.app);
  const title = fill(words.indexTitle, { what: path });
  await start(host, [{ canvas: path }], { kind: "index", title, priority: "HIGH", dedupeKey: `index:${path}` });
}

async function indexFolder(host: CommandHost, folder: TFolder): Promise<void> {
  await saveOpenCanvases(host.plugin.app);
  const isWhole = folder.isRoot();
  const title = fill(words.indexTitle, { what: isWhole ? words.wholeVault : folder.path });
  await start(host, [isWhole ? { all: true } : { folder: folder.path }], { kind: "index", title, dedupeKey: `index:${folder.path}/` });
}

/** Compares, says how much differs, and puts it right only after a yes. */
async function verify(host: CommandHost): Promise<void> {
  const differences = await compareAll(host);
  if (differences === null) return;
  if (differences === 0) {
    new Notice(words.verifyNone);
    return;
  }
  const count = host.format.plural(differences, ...strings.words.difference);
  const question = { title: words.repairTitle, lines: [fill(words.repairText, { count })], yes: words.repairYes, no: strings.confirm.cancel, destructive: false };
  if (!(await confirm(host.plugin.app, host.modals, question))) return;
  await start(host, [{ scope: "all", repair: true }], { kind: "verify", title: words.repairTitle });
}

/** How much of the files, the graph and Neo4j differs; null where comparing did not come to its end. */
export async function compareAll(host: Pick<CommandHost, "session">): Promise<number | null> {
  const found = await resultsOf(host, [{ scope: "all", repair: false }], { kind: "verify", title: words.verifyTitle });
  if (found.length === 0) return null;
  return found.reduce((sum, result) => sum + countIn(result["files"]) + countIn(result["store"]), 0);
}

function countIn(part: JsonValue | undefined): number {
  const differences = part !== undefined && isJsonObject(part) ? part["differences"] : 0;
  return typeof differences === "number" ? differences : 0;
}

/** Says first what would change, and changes it only after a yes. */
async function rebuild(host: CommandHost): Promise<void> {
  const [found] = await resultsOf(host, [{ dryRun: true }], { kind: "rebuild", title: words.rebuildDryTitle, priority: "HIGH" });
  if (found === undefined) return;
  if (found["differences"] === 0) {
    new Notice(words.rebuildNone);
    return;
  }
  const count = host.format.plural(Number(found["differences"]), ...strings.words.difference);
  const lines = Array.isArray(found["lines"]) ? found["lines"].slice(0, SHOWN_LINES).map(String) : [];
  const question = { title: words.rebuildTitle, lines: [fill(words.rebuildText, { count }), ...lines], yes: words.rebuildYes, no: strings.confirm.cancel, destructive: false };
  if (!(await confirm(host.plugin.app, host.modals, question))) return;
  const resend = host.session.look().neo4j.kind === "on";
  await start(host, [{ apply: true, resend }], { kind: "rebuild", title: words.rebuildTitle, priority: "HIGH" });
}

async function cancelAll({ modals, plugin, session }: CommandHost): Promise<void> {
  const question = { title: words.cancelTitle, lines: [words.cancelText], yes: words.cancelYes, no: words.cancelNo, destructive: true };
  if (await confirm(plugin.app, modals, question)) tell(await (await session.ready()).tasks.cancel("all"));
}

async function start({ session }: Pick<CommandHost, "session">, items: readonly JsonObject[], options: TaskOptions): Promise<void> {
  await (await session.ready()).createBatch(items, options);
  new Notice(fill(words.started, { title: options.title }));
}

/** Makes a task and waits for its end. Nothing where it did not come to a good one: why not stands beside the task. */
async function resultsOf(host: Pick<CommandHost, "session">, items: readonly JsonObject[], options: TaskOptions): Promise<readonly JsonObject[]> {
  const { tasks } = await host.session.ready();
  const task = await new Promise<TaskView>((resolve, reject) => {
    start(host, items, { ...options, onDone: resolve }).catch(reject);
  });
  const found: JsonObject[] = [];
  if (task.status !== "done") return found;
  for await (const line of tasks.results(task.id)) if (line.status === "done" && isJsonObject(line.value)) found.push(line.value);
  return found;
}
