import { reasonOf } from "../../kernel/reasonOf";
import type { Logger } from "../../kernel/logger";
import { createdState, type TaskState } from "../state/taskState";
import { reduceTask } from "../state/reduceTask";
import { readTask } from "./readTask";
import type { FactLog } from "./factLog";
import type { FoundTask, TaskFiles } from "./taskFiles";
import { readHead, type Head } from "./taskHead";

/** A task as its files have it. */
export interface LoadedTask {
  readonly state: TaskState;
  readonly log: FactLog;
  readonly told: boolean;
  /** False when the head stands for the log. */
  readonly logIsRead: boolean;
}

export interface LoadParts {
  readonly files: TaskFiles;
  readonly logger: Logger;
  readonly openLog: (id: string) => FactLog;
}

/**
 * Reads one task; null when there is none under this id, or none that can be read. Nothing is removed but what was never
 * or is no more a task. Rejects with StorageError.
 */
export async function loadTask(found: FoundTask, parts: LoadParts): Promise<LoadedTask | null> {
  const { files, openLog } = parts;
  const { id } = found;
  const head = await readHead(files.head(id));
  if (head?.forgotten === true) {
    await files.remove(id);
    return null;
  }
  const log = openLog(id);
  log.numberBehind(head?.last ?? 0);
  if (head?.settled === true) return { state: head.state, log, told: true, logIsRead: false };
  const meta = (await readTask(files, id)) ?? head?.state.meta ?? null;
  if (meta === null || meta.id !== id) {
    await withoutMeta(found, parts);
    return null;
  }
  const { state, last } = await foldLog(createdState(meta), head, log, parts);
  return { state, log, told: head?.told === true && last === head.last, logIsRead: true };
}

/** Files whose task is not there: the creation did not come to its end, and nobody was given the id; or they are damaged. */
async function withoutMeta({ id, hasLog }: FoundTask, { files, logger }: LoadParts): Promise<void> {
  if (hasLog || (await files.page(id, 0).isDamaged())) logger.error(`The task ${id} cannot be shown: its first page of items is damaged. Its files are kept.`);
  else await files.remove(id);
}

async function foldLog(
  created: TaskState,
  head: Head | null,
  log: FactLog,
  { logger }: LoadParts,
): Promise<{ readonly state: TaskState; readonly last: number }> {
  let state = created;
  const reading = await log.read((fact) => (state = reduceTask(state, fact)));
  if (reading.lost === 0) return { state, last: reading.last };
  logger.warn(`The task ${created.meta.id} lost ${reading.lost} lines of its log. What they said is taken from its head where that has it.`);
  if (head === null) return { state, last: reading.last };
  state = head.state;
  await log.read((fact, number) => {
    if (number > head.last) state = reduceTask(state, fact);
  });
  return { state, last: reading.last };
}

/** All tasks that can be read, in the order of their creation. One that cannot is said and keeps its files. */
export async function loadTasks(parts: LoadParts): Promise<readonly LoadedTask[]> {
  const loaded: LoadedTask[] = [];
  for (const found of await parts.files.found()) {
    try {
      const task = await loadTask(found, parts);
      if (task !== null) loaded.push(task);
    } catch (error) {
      parts.logger.error(`The task ${found.id} cannot be read and is left out until the next start: ${reasonOf(error)}`);
    }
  }
  return loaded.sort((a, b) => a.state.meta.order - b.state.meta.order);
}
