import type { LastRun, MissedRuns, ScheduleDraft, ScheduledTask } from "./schedule";

/** A schedule as it is shown. Times are epoch milliseconds. */
export interface ScheduleView {
  readonly id: string;
  readonly cron: string;
  readonly missed: MissedRuns;
  readonly task: ScheduledTask;
  readonly paused: boolean;
  readonly createdAt: number;
  /** The next five; none while it is paused. */
  readonly nextRuns: readonly number[];
  readonly lastRun: LastRun | null;
  /** What keeps a run from being made now, for people. It is tried again. */
  readonly trouble: string | null;
}

export type SchedulePreview =
  { readonly kind: "times"; readonly nextRuns: readonly number[] } | { readonly kind: "problem"; readonly reason: string };

export type ScheduleChange = { readonly kind: "changed" } | { readonly kind: "unknown-schedule" };

/**
 * Tasks that are made again and again by this device, for as long as it runs. Whatever is changed is on disk when its
 * promise resolves; a change that cannot be kept rejects with StorageError and did not happen, and so does one after the
 * stop, with SchedulesStopped.
 */
export interface Schedules {
  /** What an expression means, before it is used. */
  preview(cron: string): SchedulePreview;
  /** Rejects with RangeError, whose message says what to change, for an expression or a task that cannot be. */
  add(draft: ScheduleDraft): Promise<ScheduleView>;
  /** In the order of their creation. */
  list(): readonly ScheduleView[];
  pause(id: string): Promise<ScheduleChange>;
  resume(id: string): Promise<ScheduleChange>;
  /** Its tasks stay. */
  remove(id: string): Promise<ScheduleChange>;
  /** The host woke up, or its clock or time zone may have changed: looks at once instead of at the next timer. */
  wake(): void;
  onChange(listener: (schedules: readonly ScheduleView[]) => void): () => void;
  /** No run begins afterwards. Resolves when the one under way is on disk. */
  stop(): Promise<void>;
}
