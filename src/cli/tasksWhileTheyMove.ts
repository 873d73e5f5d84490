import type { Clock, Tasks, TaskView } from "../engine/index";

export interface WaitParts {
  readonly tasks: Pick<Tasks, "list" | "onChange">;
  readonly limitMs: number;
  readonly clock: Pick<Clock, "after">;
  /** Ends the wait. */
  readonly stopped: Promise<void>;
}

/**
 * Waits until no task can go on, and gives up when none got further for `limitMs`. Resolves with those that could still
 * go on: the next run continues them. A task that is paused, or waits for something, is not waited for.
 */
export function tasksWhileTheyMove({ clock, limitMs, stopped, tasks }: WaitParts): Promise<readonly TaskView[]> {
  const open = (): readonly TaskView[] => tasks.list().filter(goesOn);
  if (open().length === 0) return Promise.resolve([]);
  return new Promise((resolve) => {
    let ended = endedIn(tasks.list());
    const finish = (): void => {
      cancel();
      silence();
      resolve(open());
    };
    let cancel = clock.after(limitMs, finish);
    const silence = tasks.onChange((now) => {
      if (open().length === 0) return finish();
      const ends = endedIn(now);
      if (ends === ended) return;
      ended = ends;
      cancel();
      cancel = clock.after(limitMs, finish);
    });
    stopped.then(finish, finish);
  });
}

function goesOn({ endedAt, status, waitsFor }: TaskView): boolean {
  return endedAt === null && status !== "paused" && waitsFor === null;
}

function endedIn(tasks: readonly TaskView[]): number {
  return tasks.reduce((sum, { counts }) => sum + counts.done + counts.failed + counts.cancelled, 0);
}
