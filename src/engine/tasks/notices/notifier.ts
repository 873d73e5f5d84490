import type { TaskView } from "../taskView";

export interface TaskNotice {
  /** A later notice with the same key stands in for this one. */
  readonly key: string;
  readonly tone: "good" | "bad";
  readonly title: string;
  /** More about it, one sentence each; few. */
  readonly lines: readonly string[];
  /** The tasks that `title` and `lines` say in English, for hosts that have words of their own. Each once. */
  readonly tasks: readonly TaskView[];
}

/** Where people are told of tasks that ended. */
export interface Notifier {
  /** Shows the notice, or changes the one that is shown with this key. Must not throw for what the host refuses. */
  tell(notice: TaskNotice): void;
}
