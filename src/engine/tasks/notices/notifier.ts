export interface TaskNotice {
  /** A later notice with the same key stands in for this one. */
  readonly key: string;
  readonly tone: "good" | "bad";
  readonly title: string;
  /** More about it, one sentence each; few. */
  readonly lines: readonly string[];
}

/** Where people are told of tasks that ended. */
export interface Notifier {
  /** Shows the notice, or changes the one that is shown with this key. Must not throw for what the host refuses. */
  tell(notice: TaskNotice): void;
}
