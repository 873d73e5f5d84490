import { reasonOf } from "../../kernel/reasonOf";
import type { ItemPages } from "../disk/itemPages";
import type { TaskFiles } from "../disk/taskFiles";
import { surplusTasks } from "../surplusTasks";
import type { DeskParts } from "./deskParts";
import type { Task } from "./task";

export interface TaskEndsParts extends Pick<DeskParts, "clock" | "logger" | "settings"> {
  readonly tasks: Map<string, Task>;
  readonly files: Pick<TaskFiles, "remove">;
  readonly pages: Pick<ItemPages, "forget">;
  /** The stop waits for this work, as long as it may. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** Nothing is told or written any more. */
  readonly isClosed: () => boolean;
  readonly ended: (task: Task) => void;
  readonly changed: () => void;
}

/** What follows the end of a task: it is told once, and after a while the task is forgotten. */
export class TaskEnds {
  constructor(private readonly parts: TaskEndsParts) {}

  /** After the last result is on disk, so that no end is told that a crash takes back. */
  tell(task: Task): void {
    if (!task.isOver || task.told || task.ending || task.trouble !== null) return;
    task.ending = true;
    const { during, logger } = this.parts;
    during(this.end(task)).catch((error: unknown) => logger.warn(`That a task's end was told is not written, so it may be told again: ${reasonOf(error)}`));
  }

  /** Takes an ended task from the list and its files from the disk. Rejects with StorageError; it is then kept. */
  async forget(task: Task): Promise<void> {
    const { changed, during, files, logger, pages, tasks } = this.parts;
    task.forgotten = true;
    try {
      await during(task.head.write());
    } catch (error) {
      task.forgotten = false;
      throw error;
    }
    tasks.delete(task.id);
    pages.forget(task.id);
    task.close();
    changed();
    // Its head says that it is forgotten, so the next start does what is left.
    await during(files.remove(task.id)).catch((error: unknown) => logger.warn(`Files of a forgotten task are still there: ${reasonOf(error)}`));
  }

  async forgetSurplus(): Promise<void> {
    const { clock, logger, settings, tasks } = this.parts;
    const ended = [...tasks.values()].flatMap((task) => (task.told && task.state.endedAt !== null ? [{ task, endedAt: task.state.endedAt }] : []));
    for (const { task } of surplusTasks(ended, clock.now(), settings)) {
      await this.forget(task).catch((error: unknown) => logger.warn(`An old task is kept for now: ${reasonOf(error)}`));
    }
  }

  private async end(task: Task): Promise<void> {
    const isKept = await task.log.flush();
    task.ending = false;
    // What is not kept is told after the trouble; what a person asked for again meanwhile, after its next end.
    if (!isKept || this.parts.isClosed() || !task.isOver || task.told) return;
    task.told = true;
    this.parts.ended(task);
    await task.head.write();
    await this.forgetSurplus();
  }
}
