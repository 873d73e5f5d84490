import type { Cancel, Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import type { Tasks } from "../tasks";
import type { TaskView } from "../taskView";
import { isWorthTelling, noticeOf, type NoticeSettings } from "./noticeOf";
import type { Notifier } from "./notifier";

export interface EndWatchParts {
  readonly tasks: Pick<Tasks, "onEnd">;
  readonly notifier: Notifier;
  readonly settings: () => NoticeSettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Ends within this belong together. */
const GATHER_MS = 500;
/** So long after it was told a group still takes ends in, and its notice changes. */
const OPEN_MS = 10_000;

/** Tells people of tasks that end. Returns its own undo. Has no timer while nothing ends. */
export function watchEnds({ clock, logger, notifier, settings, tasks }: EndWatchParts): () => void {
  let group: readonly TaskView[] = [];
  let groups = 0;
  let timer: Cancel | null = null;

  const tell = (): void => {
    const notice = noticeOf(`tasks-${groups}`, group);
    timer = clock.after(OPEN_MS, close);
    try {
      if (notice !== null) notifier.tell(notice);
    } catch (error) {
      logger.error(`A notice of tasks that ended could not be shown: ${reasonOf(error)}`);
    }
  };
  const close = (): void => {
    group = [];
    groups += 1;
    timer = null;
  };
  const undo = tasks.onEnd((task) => {
    if (!isWorthTelling(task, settings())) return;
    group = [...group.filter(({ id }) => id !== task.id), task];
    timer?.();
    timer = clock.after(GATHER_MS, tell);
  });
  return () => {
    undo();
    timer?.();
  };
}
