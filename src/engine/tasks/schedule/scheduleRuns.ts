import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import type { Tasks } from "../tasks";
import type { Occurrences } from "./occurrences";
import type { BegunRun, LastRun, Schedule } from "./schedule";
import type { ScheduleBook } from "./scheduleBook";
import { dueTime, runBegun, runEnded } from "./scheduleState";

export interface ScheduleRunsParts {
  readonly book: ScheduleBook;
  readonly tasks: Pick<Tasks, "create" | "list">;
  readonly clock: Clock;
  readonly logger: Logger;
  calendarOf(schedule: Schedule): Occurrences;
}

/**
 * Makes the tasks of schedules. A run has three steps, each on disk before the next: begun, task made, ended. A crash
 * behind the first leaves a run that is begun; whether its task was made is told by a task of this schedule that was
 * not there before. So no crash makes a task twice or not at all.
 */
export class ScheduleRuns {
  constructor(private readonly parts: ScheduleRunsParts) {}

  /** Whether there was a run to make. Rejects when its task could not be made now; the next call goes on. */
  async run(id: string, liveSince: number): Promise<boolean> {
    const schedule = this.parts.book.get(id);
    if (schedule === null) return false;
    const begun = schedule.begun ?? (await this.begin(schedule, liveSince));
    if (begun === null) return false;
    const lastRun = await this.makeTask(schedule, begun);
    await this.end(id, lastRun);
    return true;
  }

  private async begin(schedule: Schedule, liveSince: number): Promise<BegunRun | null> {
    const calendar = this.parts.calendarOf(schedule);
    const time = dueTime(schedule, calendar, this.parts.clock.now(), liveSince);
    if (time === null) return null;
    const begun = { time, before: this.tasksOf(schedule.id) };
    await this.parts.book.replace(runBegun(schedule, begun, calendar));
    return begun;
  }

  private async makeTask({ id, task }: Schedule, { time, before }: BegunRun): Promise<LastRun> {
    const made = this.tasksOf(id).find((one) => !before.includes(one));
    if (made !== undefined) return this.lastRun(time, made, null);
    const { kind, title, priority, items } = task;
    const dedupeKey = `schedule:${id}:${time}`;
    try {
      const created = await this.parts.tasks.create(items, { kind, title, priority, schedule: id, dedupeKey });
      return this.lastRun(time, created.id, null);
    } catch (error) {
      // The same task would be refused again.
      if (error instanceof RangeError) return this.lastRun(time, null, error.message);
      throw error;
    }
  }

  // The task is made: trouble with the disk must not make it again.
  private async end(id: string, lastRun: LastRun): Promise<void> {
    const schedule = this.parts.book.get(id);
    if (schedule === null) return;
    try {
      await this.parts.book.note(runEnded(schedule, lastRun));
    } catch (error) {
      this.parts.logger.warn(`The end of a scheduled run could not be kept, and is with the next change: ${reasonOf(error)}`);
    }
  }

  private lastRun(time: number, task: string | null, problem: string | null): LastRun {
    return { time, at: this.parts.clock.now(), task, problem };
  }

  private tasksOf(id: string): readonly string[] {
    return this.parts.tasks.list().flatMap((task) => (task.schedule === id ? [task.id] : []));
  }
}
