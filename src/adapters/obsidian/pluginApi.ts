import type { CanvasPatch, EngineStatus, RecordOptions } from "../../engine/index";
import type { Engine } from "../../engine/index";
import type { Session } from "../../panel/session";

/** Raised by one when something that other plugins rely on changes. Additions do not raise it. */
export const API_VERSION = 1;

/**
 * What other plugins may use: `app.plugins.plugins["canvas-engram"].api`.
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
  /** How everything stands now. */
  status(): Promise<EngineStatus>;
  /**
   * Calls back after changes of the status, and perhaps more often, while the engine is open: until the returned function
   * is called or the plugin unloads.
   */
  onStatus(listener: (status: EngineStatus) => void): () => void;
}

export type ApiRecordOptions = Pick<RecordOptions, "settled">;

export function createApi(session: Session): EngramApi {
  return {
    apiVersion: API_VERSION,
    record: async (item, options) => (await session.ready()).record(item, { ...options, origin: "api" }),
    recordBatch: async (items, options) => (await session.ready()).recordBatch(items, { ...options, origin: "api" }),
    mutate: async (path, patch) => (await session.ready()).mutate(path, patch, "another plugin"),
    status: async () => (await session.ready()).status(),
    // Not through one engine: there is another one after the data of this device was removed.
    onStatus: (listener) =>
      session.onChange(() => {
        const { status } = session.look();
        if (status !== null) listener(status);
      }),
  };
}
