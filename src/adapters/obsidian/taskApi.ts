import type { TaskItemResult, Tasks, TaskView } from "../../engine/index";
import type { Session } from "../../panel/session/session";

type Promised<Name extends "list" | "status"> = (...given: Parameters<Tasks[Name]>) => Promise<ReturnType<Tasks[Name]>>;

/** Tasks for other plugins. Each method but `onChange` waits until the engine is open. */
export interface ApiTasks extends Pick<Tasks, "items" | "resultPage" | "pause" | "resume" | "cancel" | "retryFailed" | "setPriority"> {
  /** In the order of their creation, ended ones too until they are forgotten. */
  list: Promised<"list">;
  /** Null for a task that is not known, or no more. */
  status: Promised<"status">;
  /** Every result line, oldest first. Also while the task runs: then as far as it has come. */
  results(id: string): AsyncIterable<TaskItemResult>;
  /**
   * Calls back after changes of tasks, and perhaps more often, while the engine is open: until the returned function is
   * called or the plugin unloads.
   */
  onChange(listener: (tasks: readonly TaskView[]) => void): () => void;
}

export function createTaskApi(session: Session): ApiTasks {
  const tasks = async (): Promise<Tasks> => (await session.ready()).tasks;
  return {
    list: async () => (await tasks()).list(),
    status: async (id) => (await tasks()).status(id),
    items: async (id, from, limit) => (await tasks()).items(id, from, limit),
    resultPage: async (id, request) => (await tasks()).resultPage(id, request),
    async *results(id) {
      yield* (await tasks()).results(id);
    },
    pause: async (which) => (await tasks()).pause(which),
    resume: async (which) => (await tasks()).resume(which),
    cancel: async (which) => (await tasks()).cancel(which),
    retryFailed: async (id, items) => (await tasks()).retryFailed(id, items),
    setPriority: async (id, priority) => (await tasks()).setPriority(id, priority),
    // Not through one engine: there is another one after the data of this device was removed.
    onChange: (listener) => {
      let told: readonly TaskView[] | null = null;
      return session.onChange(() => {
        const now = session.look().status?.tasks ?? null;
        if (now === null || now === told) return;
        told = now;
        listener(now);
      });
    },
  };
}
