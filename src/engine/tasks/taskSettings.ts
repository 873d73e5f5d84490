/** Limits and times of tasks. */
export interface TaskSettings {
  readonly mostItems: number;
  /** Milliseconds after the end of a task in which one with the same key is not made again. */
  readonly dedupeMs: number;
  /** Of ended tasks these many are kept, the newest, and none longer than `keepMs`. */
  readonly keepEnded: number;
  readonly keepMs: number;
}

export const defaultTaskSettings: TaskSettings = {
  mostItems: 100_000,
  dedupeMs: 60_000,
  keepEnded: 100,
  keepMs: 30 * 24 * 60 * 60 * 1_000,
};
