import type {
  BatchHistory,
  BatchOptions,
  CanvasPatch,
  Clock,
  Engine,
  EngineStatus,
  FailureClass,
  JsonObject,
  JsonValue,
  LetterChoice,
  RecordOptions,
  SubmitOptions,
  TaskKind,
} from "../../engine/index";
import { batchHistory, exportStats, TaskFailure } from "../../engine/index";
import type { Session } from "../../panel/session/session";
import { createCanvasApi, type ApiCanvas } from "./canvasApi";
import { apiEventNames, createOn, type ApiEventName, type ApiOn } from "./apiEvents";
import { createScheduleApi, type ApiSchedules } from "./scheduleApi";
import { createTaskApi, type ApiTasks } from "./taskApi";

/** Raised by one when something that other plugins rely on changes. Additions do not raise it. */
export const API_VERSION = 1;

/** Who writes a canvas, for the log and the kept texts. */
const OWNER = "another plugin";

/**
 * What other plugins may use: `app.plugins.plugins["canvas-engram"].api`. docs/api.md has examples of all of it.
 * Each method but `onStatus` waits until the engine is open, and rejects when it cannot be opened or the plugin is unloaded first.
 */
export interface EngramApi {
  readonly apiVersion: number;
  /** What this version of the plugin can do beside what every version of `apiVersion` can: a name for each member, and `on:…` for each event. */
  readonly capabilities: readonly ApiCapability[];
  /** Whether there is a capability of this name, also where this version does not know the name. */
  supports(capability: string): boolean;
  /**
   * Calls back when something happens, until the returned function is called or the plugin unloads: call it when your own
   * plugin unloads. Also before the engine is open. What a listener throws is logged and changes nothing. Throws
   * RangeError for an event that there is not: ask `supports("on:…")` first.
   */
  readonly on: ApiOn;
  /** Records one learning event. Resolves when the journal has it; see `recordBatch` for its shape. */
  record(item: unknown, options?: ApiRecordOptions): ReturnType<Engine["record"]>;
  /**
   * Records up to any number of events, each checked on its own:
   * `{type, timestamp?, canvas?, node?, edge?, note?, concept?, score?, rating?, level?, remark?, data?}`.
   */
  recordBatch(items: readonly unknown[], options?: ApiRecordOptions): ReturnType<Engine["recordBatch"]>;
  /** Records one event and waits for the stores, at most `deadlineMs`: that event's own result. */
  submit(item: unknown, options?: ApiSubmitOptions): ReturnType<Engine["submit"]>;
  submitAll(items: readonly unknown[], options?: ApiSubmitOptions): ReturnType<Engine["submitAll"]>;
  /** Events that a store refused, without their payload; `deadEvent` gives it. */
  deadLetters(): Promise<ReturnType<Engine["deadLetters"]>>;
  deadEvent(id: string): Promise<ReturnType<Engine["deadEvent"]>>;
  /** By event id, by `{class}`, or "all". Resolves with how many are on their way again. */
  retryDead(choice: LetterChoice): Promise<number>;
  /** Sends what a dead letter says with other data, as a new event, and discards the letter. */
  retryEdited(id: string, data: unknown): ReturnType<Engine["retryEdited"]>;
  /** Takes dead letters out for good. Ask the person first: nothing brings them back to the store. */
  discardDead(choice: LetterChoice): Promise<number>;
  /** Figures from zero; what the journal has and what is still to be sent stays. */
  resetStats(): Promise<void>;
  /**
   * Changes a canvas by operations by id: all of them or nothing. An open one keeps what its user has not saved yet; it
   * answers `busy` where it cannot be changed safely within 10 s, as while a card that is to be changed is being edited.
   */
  mutate(path: string, patch: CanvasPatch): ReturnType<Engine["mutate"]>;
  readonly canvas: ApiCanvas;
  /**
   * Makes a task, or with a `schedule` one for each of its times, and resolves with the id of the task or schedule as
   * soon as it is on disk; it goes on after a restart. With a `template` kind and items come from it. Rejects with
   * RangeError for an unknown kind or template, a missing variable, a bad item (naming the first) or a schedule that cannot be.
   */
  createBatch(items: readonly JsonValue[], options: BatchOptions): Promise<string>;
  readonly tasks: ApiTasks;
  readonly schedules: ApiSchedules;
  /**
   * Adds a kind of task; `create` it with `createBatch`. Resolves with its own undo, to be called when your plugin
   * unloads. Rejects with RangeError where there is a kind of this name.
   */
  registerKind(kind: TaskKind): Promise<() => void>;
  /** What `run` of a kind throws where it knows what its failure means: by its class, see docs/retries.md. `message` is for people. */
  failure(failureClass: FailureClass, code: string, message: string): Error;
  /** How everything stands now. Its `stats` also have the figures of Neo4j under the names that `status --json` uses. */
  status(): Promise<ApiStatus>;
  /** The figures of sending to Neo4j, in snake_case as `canvas-engram status --json` has them. Durations are milliseconds. */
  stats(): Promise<JsonObject>;
  /** What Neo4j got in the last hour, minute by minute and together, and its last 50 batches, the newest first. Durations are milliseconds. */
  batchHistory(): Promise<BatchHistory>;
  /** The same as `on("status", …)`. */
  onStatus(listener: (status: EngineStatus) => void): () => void;
}

export type ApiRecordOptions = Pick<RecordOptions, "settled">;

export type ApiSubmitOptions = Omit<SubmitOptions, "origin">;

const members = [
  "record",
  "recordBatch",
  "submit",
  "submitAll",
  "deadLetters",
  "deadEvent",
  "retryDead",
  "retryEdited",
  "discardDead",
  "resetStats",
  "mutate",
  "canvas",
  "createBatch",
  "tasks",
  "schedules",
  "registerKind",
  "failure",
  "status",
  "stats",
  "batchHistory",
  "onStatus",
  "on",
] as const satisfies readonly (keyof EngramApi)[];

export type ApiCapability = (typeof members)[number] | `on:${ApiEventName}`;

const capabilities: readonly ApiCapability[] = Object.freeze([...members, ...apiEventNames.map((name) => `on:${name}` as const)]);

export interface ApiStatus extends EngineStatus {
  readonly stats: EngineStatus["stats"] & Readonly<Record<string, unknown>>;
}

/** What goes wrong in a listener of another plugin is told to `report`. */
export function createApi(session: Session, clock: Pick<Clock, "monotonic" | "now">, report: (what: string, error: unknown) => void): EngramApi {
  const on = createOn(session, report);
  return {
    apiVersion: API_VERSION,
    capabilities,
    supports: (capability) => (capabilities as readonly string[]).includes(capability),
    on,
    record: async (item, options) => (await session.ready()).record(item, { ...options, origin: "api" }),
    recordBatch: async (items, options) => (await session.ready()).recordBatch(items, { ...options, origin: "api" }),
    submit: async (item, options) => (await session.ready()).submit(item, { ...options, origin: "api" }),
    submitAll: async (items, options) => (await session.ready()).submitAll(items, { ...options, origin: "api" }),
    deadLetters: async () => (await session.ready()).deadLetters(),
    deadEvent: async (id) => (await session.ready()).deadEvent(id),
    retryDead: async (choice) => (await session.ready()).retryDead(choice),
    retryEdited: async (id, data) => (await session.ready()).retryEdited(id, data),
    discardDead: async (choice) => (await session.ready()).discardDead(choice),
    resetStats: async () => (await session.ready()).resetStats(),
    mutate: async (path, patch) => (await session.ready()).mutate(path, patch, OWNER),
    canvas: createCanvasApi(session, OWNER),
    createBatch: async (items, options) => (await session.ready()).createBatch(items, options),
    tasks: createTaskApi(session),
    schedules: createScheduleApi(session),
    registerKind: (kind) => session.addKind(kind),
    failure: (failureClass, code, message) => new TaskFailure(failureClass, code, message),
    status: async () => withFigures((await session.ready()).status(), clock.monotonic()),
    stats: async () => exportStats((await session.ready()).status().stats, "neo4j", clock.monotonic()),
    batchHistory: async () => batchHistory((await session.ready()).status().stats, "neo4j", clock.now()),
    onStatus: (listener) => on("status", listener),
  };
}

function withFigures(status: EngineStatus, now: number): ApiStatus {
  return { ...status, stats: { ...exportStats(status.stats, "neo4j", now), ...status.stats } };
}
