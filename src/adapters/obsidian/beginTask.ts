import type { JsonObject, TaskOptions, TaskView } from "../../engine/index";
import { isJsonObject } from "../../engine/index";
import type { Session } from "../../panel/session/session";
import { fill, strings } from "../../panel/text/strings";
import type { TaskNotices } from "./taskNotices";

export interface BeginHost {
  readonly session: Session;
  readonly notices: TaskNotices;
}

export interface BegunTask {
  readonly id: string;
  /** Stays open where the task does not end before the plugin unloads, or another of its `dedupeKey` is there already. */
  readonly ended: Promise<TaskView>;
}

/** Makes a task that a person asked for and says that it began. */
export async function beginTask(host: BeginHost, items: readonly JsonObject[], options: TaskOptions): Promise<BegunTask> {
  const begun = await makeTask(host.session, items, options);
  host.notices.begin(begun.id, fill(strings.taskCommands.started, { title: options.title }));
  return begun;
}

export async function makeTask(session: Session, items: readonly JsonObject[], options: TaskOptions): Promise<BegunTask> {
  const engine = await session.ready();
  let end: (task: TaskView) => void = () => undefined;
  const ended = new Promise<TaskView>((resolve) => (end = resolve));
  const id = await engine.createBatch(items, { ...options, onDone: (task) => end(task) });
  return { id, ended };
}

/** Waits for the end of a task. Null where it was no good one: why not stands beside the task. */
export async function resultsOf(session: Session, begun: BegunTask): Promise<readonly JsonObject[] | null> {
  const { id, status } = await begun.ended;
  if (status !== "done") return null;
  const found: JsonObject[] = [];
  const { tasks } = await session.ready();
  for await (const line of tasks.results(id)) if (line.status === "done" && isJsonObject(line.value)) found.push(line.value);
  return found;
}
