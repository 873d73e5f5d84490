import type { JsonValue } from "../../kernel/json";
import type { Priority } from "../../learning/event";
import type { TimeSpan } from "./timesRun";

/** What becomes of times that passed while nothing could run: one run for all of them, or none. */
export type MissedRuns = "run-once" | "skip";

/** The task that every run makes. */
export interface ScheduledTask {
  /** The name of a registered kind. */
  readonly kind: string;
  readonly title: string;
  readonly priority: Priority;
  readonly items: readonly JsonValue[];
}

export interface ScheduleDraft {
  /** Five fields or an alias, in the local time of this device. */
  readonly cron: string;
  readonly missed: MissedRuns;
  readonly task: ScheduledTask;
}

/** A run whose task may be there already or not: this stands on disk from before the task is made until after it. */
export interface BegunRun {
  /** The time of the schedule that it is for. */
  readonly time: number;
  /** The ids of the tasks of this schedule that were there before. */
  readonly before: readonly string[];
}

export interface LastRun {
  readonly time: number;
  /** When the task was made, or refused. */
  readonly at: number;
  /** The id of the task; null when it was refused. */
  readonly task: string | null;
  /** Why the task was refused, for people. */
  readonly problem: string | null;
}

/** A schedule as it is kept. Times are epoch milliseconds. */
export interface Schedule extends ScheduleDraft {
  readonly id: string;
  readonly createdAt: number;
  readonly paused: boolean;
  /** Times up to here are not waited for any more. */
  readonly seen: number;
  readonly ran: readonly TimeSpan[];
  readonly begun: BegunRun | null;
  readonly lastRun: LastRun | null;
}
