import type { BatchOptions, CanvasPatch, EngineStatus, JsonObject, JsonValue, RecordOptions, TaskKind } from "../../engine/index";
import type { Clock, Engine } from "../../engine/index";
import { exportStats } from "../../engine/index";
import type { Session } from "../../panel/session";
import { createTaskApi, type ApiTasks } from "./taskApi";

/** Raised by one when something that other plugins rely on changes. Additions do not raise it. */
export const API_VERSION = 1;

/**
 * What other plugins may use: `app.plugins.plugins["canvas-engram"].api`. docs/api.md has examples of all of it.
 * Each method but `onStatus` waits until the engine is open, and rejects when it cannot be opened or the plugin is unloaded first.
 */
export interface EngramApi {
  readonly apiVersion: number;
  /** Records one learning event. Resolves when the journal has it; see `recordBatch` for its shape. */
  record(item: unknown, options?: ApiRecordOptions): ReturnType<Engine["record"]>;
  /**
   * Records up to any number of events, each checked on its own:
   * `{type, timestamp?, canvas?, node?, edge?, note?, concept?, score?, rating?, level?, remark?, data?}`.
   */
  recordBatch(items: readonly unknown[], options?: ApiRecordOptions): ReturnType<Engine["recordBatch"]>;
  /** Changes a canvas that is not open, by operations by id: all of them or nothing. An open one answers `busy`. */
  mutate(path: string, patch: CanvasPatch): ReturnType<Engine["mutate"]>;
  /**
   * Makes a task, or with a `schedule` one for each of its times, and resolves with the id of the task or schedule as
   * soon as it is on disk; it goes on after a restart. Rejects with RangeError for an unknown kind, a bad item (naming the
   * first) or a schedule that cannot be.
   */
  createBatch(items: readonly JsonValue[], options: BatchOptions): Promise<string>;
  readonly tasks: ApiTasks;
  /**
   * Adds a kind of task; `create` it with `createBatch`. Resolves with its own undo, to be called when your plugin
   * unloads. Rejects with RangeError where there is a kind of this name.
   */
  registerKind(kind: TaskKind): Promise<() => void>;
  /** How everything stands now. */
  status(): Promise<EngineStatus>;
  /** The figures of sending to Neo4j, in snake_case as `canvas-engram status --json` has them. Durations are milliseconds. */
  stats(): Promise<JsonObject>;
  /**
   * Calls back after changes of the status, and perhaps more often, while the engine is open: until the returned function
   * is called or the plugin unloads.
   */
  onStatus(listener: (status: EngineStatus) => void): () => void;
}

export type ApiRecordOptions = Pick<RecordOptions, "settled">;

export function createApi(session: Session, clock: Pick<Clock, "monotonic">): EngramApi {
  return {
    apiVersion: API_VERSION,
    record: async (item, options) => (await session.ready()).record(item, { ...options, origin: "api" }),
    recordBatch: async (items, options) => (await session.ready()).recordBatch(items, { ...options, origin: "api" }),
    mutate: async (path, patch) => (await session.ready()).mutate(path, patch, "another plugin"),
    createBatch: async (items, options) => (await session.ready()).createBatch(items, options),
    tasks: createTaskApi(session),
    registerKind: (kind) => session.addKind(kind),
    status: async () => (await session.ready()).status(),
    stats: async () => exportStats((await session.ready()).status().stats, "neo4j", clock.monotonic()),
    // Not through one engine: there is another one after the data of this device was removed.
    onStatus: (listener) =>
      session.onChange(() => {
        const { status } = session.look();
        if (status !== null) listener(status);
      }),
  };
}
