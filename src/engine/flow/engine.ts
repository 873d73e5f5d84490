import type { FileProblem } from "../canvas/document";
import type { CanvasApi } from "../canvas/canvasApi";
import type { CanvasPatch } from "../canvas/patch";
import type { LastWrite, UndoResult } from "../canvas/recovery/canvasUndo";
import type { MutateResult } from "../canvas/writer";
import type { GraphStore } from "../graph/port";
import type { PrivacyLevel } from "../graph/privacyLevel";
import type { LetterChoice } from "../journal/deadLetters";
import type { LearningEvent, Priority, Subject } from "../learning/event";
import type { MasteryTable } from "../learning/mastery";
import type { ItemError, ItemResult, RecordBatchResult } from "../learning/result";
import type { PropertyNames } from "../learning/watchedProperties";
import type { StoreFailure } from "../graph/port";
import type { BreakerLimits } from "../batch/policy/breaker";
import type { RetryLimits } from "../batch/policy/retry";
import type { DomainLimits } from "../batch/policy/domainLimits";
import type { JsonValue } from "../kernel/json";
import type { TaskKind } from "../tasks/kind";
import type { NodeTasks } from "../tasks/nodes/nodeTasks";
import type { SavedTemplates } from "../tasks/templates/savedTemplates";
import type { Schedules } from "../tasks/schedule/schedules";
import type { TaskOptions, Tasks } from "../tasks/tasks";
import type { Recall } from "./recall/recall";
import type { SentExample } from "./deliver/sentExample";
import type { EngineStatus, StoreStatus } from "./status/status";
import type { StorageSizes } from "./status/storageSizes";

/** What the user may change while the engine runs. */
export interface EngineSettings {
  readonly masteryTable: MasteryTable;
  readonly propertyNames: PropertyNames;
  /** Batches under way at once, 1–50; the most of them where `adaptive` is on. */
  readonly concurrency: number;
  /** Events in a batch, 1–2,000. */
  readonly batchSize: number;
  /** Milliseconds that a batch waits for company after its first event. */
  readonly lingerMs: number;
  /** Events of a store that wait in memory, 1–100,000. The rest waits in the journal. */
  readonly queueEvents: number;
  /** Whether the size of batches and their number at once follow what the store shows; else both stay as they are set. */
  readonly adaptive: boolean;
  /** Milliseconds of a write above which fewer batches run at once, 10–60,000. */
  readonly targetLatencyMs: number;
  /** Milliseconds after which what waits counts as one priority higher. */
  readonly ageingMs: number;
  readonly retry: RetryLimits;
  /** When a store counts as away, and for how long it is left alone. The window is the engine's own. */
  readonly breaker: Omit<BreakerLimits, "windowMs">;
  /** Whether commands and other plugins may record events; else their records are refused. */
  readonly records: boolean;
  /** By domain; the store's own is `neo4j`. */
  readonly domainLimits: DomainLimits;
  /** Workers of tasks, at least and at most, 1–50. */
  readonly workers: { readonly min: number; readonly max: number };
  /** Bytes of this device's journal beyond which nothing more is recorded; null: no limit. */
  readonly journalLimitBytes: number | null;
  /** Templates of tasks that the user saved; those that everybody has need not be there. */
  readonly savedTemplates: SavedTemplates;
}

export interface RecordOptions {
  /** Who asks: kept as the event's origin. */
  readonly origin?: "command" | "api" | "task" | "review";
  /** Also wait (at most 30 s) until the stores have them; what is not there by then is `deferred`. */
  readonly settled?: boolean;
}

/** How an event wants to be treated, see `submit`. */
export interface SubmitOptions {
  /** That of the event's type when it is not said. `immediate` is CRITICAL. */
  readonly priority?: Priority | "immediate" | "normal" | "low";
  /**
   * Submissions of one key are journaled in the order of the calls, whatever they are about. Without one there is no
   * order between calls; events of one canvas, note or concept always reach a store in the order of the journal.
   */
  readonly key?: string;
  /** Milliseconds to wait for the stores, 30,000 when it is not said; also the longest wait for the turn of the key. */
  readonly deadlineMs?: number;
  /** Who asks, for the log. */
  readonly user?: string;
  /** Kept as the event's origin; `api` when it is not said. */
  readonly origin?: RecordOptions["origin"];
}

/** `replaced`: `id` is the event that takes the place of the dead one. */
export type EditedRetryResult =
  { readonly kind: "replaced"; readonly id: string } | { readonly kind: "refused"; readonly error: ItemError };

/** What one scan of the vault did. */
export interface ScanReport {
  readonly canvases: number;
  readonly unreadable: number;
  /** Events journaled by this scan, by type. */
  readonly events: Readonly<Record<string, number>>;
  readonly journaled: number;
  readonly duplicates: number;
  readonly problems: readonly FileProblem[];
  readonly stopped: boolean;
}

export interface ScanPlanSize {
  readonly canvases: number;
  readonly notes: number;
  /** Bytes of the canvases that would be read. */
  readonly bytes: number;
}

/** What every batch may say. */
export interface CommonBatchOptions extends Pick<TaskOptions, "priority" | "dedupeKey" | "onDone"> {
  /**
   * Five cron fields or an alias such as `@daily`, in local time. `dedupeKey` and `onDone` have no meaning with it: each
   * run is a task of its own, and runs after restarts too. Times that passed while nothing ran are made up for once.
   */
  readonly schedule?: string;
}

export interface KindBatchOptions extends CommonBatchOptions, Pick<TaskOptions, "kind" | "title"> {
  readonly template?: undefined;
  readonly variables?: undefined;
}

export interface TemplateBatchOptions extends CommonBatchOptions {
  /** The id of a shipped or saved template: kind and items come from it, and what is not said here. */
  readonly template: string;
  /** A text for each variable of the template. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly title?: string;
  readonly kind?: undefined;
}

export type BatchOptions = KindBatchOptions | TemplateBatchOptions;

export interface EventQuery {
  /** Keeps events whose `at` is this or later (epoch ms). */
  readonly since?: number;
  readonly type?: string;
  /** A vault path, past or present: follows the canvas through its renames. */
  readonly canvas?: string;
}

/** What one try to reach a store came to, with nothing written. */
export type StoreTrial =
  | { readonly kind: "connected"; readonly server: string; readonly latencyMs: number }
  | StoreFailure;

/** What happens inside, for `watch --json`, the panel and the API. */
export type EngineSignal =
  | { readonly kind: "event"; readonly event: LearningEvent }
  | { readonly kind: "batch"; readonly store: string; readonly events: number; readonly stored: number; readonly failed: number; readonly ms: number }
  | { readonly kind: "problem"; readonly problem: FileProblem }
  /** Of a store, or with `store` "journal" of the journal: `ok` or `failing`. */
  | { readonly kind: "state"; readonly store: string; readonly state: string; readonly message: string | null };

/**
 * The engine as hosts use it. Paths are vault paths. Every method that records resolves only when the journal has the
 * lines, and rejects with StorageError when the host cannot keep them (nothing is then acknowledged).
 */
export interface Engine {
  readonly vault: string;
  readonly device: string;
  /** Looks at every file once and journals what changed. `live` says that the vault is being watched from now on. */
  scan(options?: { readonly confirmMissing?: boolean; readonly onProgress?: (done: number, total: number) => void }): Promise<ScanReport>;
  /** How much the next scan would read, without reading it. */
  planScan(): Promise<ScanPlanSize>;
  /** True when this vault was never fully indexed on this device. */
  readonly firstIndex: boolean;
  /** Asks a running scan to end after the files under way, and those that wait for it to end too. What they journaled stays. */
  stopScan(): void;

  /** The host saw one of these. Safe to call twice, late, or for files that are gone by now. */
  canvasChanged(path: string): Promise<void>;
  /** Also for each canvas of a folder that moved. */
  canvasRenamed(from: string, to: string): Promise<void>;
  fileDeleted(path: string): Promise<void>;
  noteChanged(path: string): Promise<void>;
  /** Decides now about canvases that came or went and still wait for the other half of a rename. */
  settleArrivals(): Promise<void>;
  /** Files of which the host told and whose news are not journaled yet, as while the disk is full. */
  notJournaled(): readonly string[];

  /**
   * Changes a canvas file by a patch of operations by id, all of it or nothing, while nobody else changes this canvas.
   * Only for changes that a person asked for. Rejects when the host cannot read or write; the file is then as it was.
   */
  mutate(path: string, patch: CanvasPatch, owner?: string): Promise<MutateResult>;
  /** The same one thing at a time, and looking into canvases. */
  readonly canvas: CanvasApi;
  /** The last write of a canvas that can be taken back, or null. Rejects with StorageError. */
  lastWrite(path: string): Promise<LastWrite | null>;
  /**
   * Takes the last write of a canvas back. What was changed since stays. That is a write like any other, so the next
   * call takes it back in turn. Rejects as `mutate` does, and with StorageError when the kept texts cannot be read.
   */
  undoWrite(path: string): Promise<UndoResult>;
  /** The same for everything that one owner wrote on a canvas, the newest first, as far as it is kept. */
  undoOwner(path: string, owner: string): Promise<UndoResult>;

  /**
   * Validates and journals events of the API, commands and tasks, item by item. Rejects with StorageError only while
   * nothing of the call is journaled; where the journal fails later, the items that it has not are `failed`.
   */
  recordBatch(items: readonly unknown[], options?: RecordOptions): Promise<RecordBatchResult>;
  record(item: unknown, options?: RecordOptions): Promise<ItemResult>;
  /**
   * Records one event and waits until every store has it or the time is over: its own result, `succeeded`, or `deferred`
   * when it is safe in the journal and still to be sent. Rejects as `recordBatch` does.
   */
  submit(item: unknown, options?: SubmitOptions): Promise<ItemResult>;
  /** The same for many, in their order, with one result for each. */
  submitAll(items: readonly unknown[], options?: SubmitOptions): Promise<RecordBatchResult>;

  /** Starts sending to a store, or changes to another one, or (null) stops sending. */
  useStore(store: GraphStore | null): Promise<void>;
  /**
   * The device slept, its network came back, or its clock or time zone may be another one: schedules and the webhook look at
   * once what is due. Touches no store.
   */
  wake(): void;
  /** Tries to connect now: after a settings change, on wake-up, on `online`, or because the user asks. */
  reconnect(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Waits until the store has everything or the time is over. True when nothing is pending. */
  drain(deadlineMs: number): Promise<boolean>;
  updateSettings(settings: EngineSettings): void;

  /** Dead letters back into the queue. Resolves with how many. */
  retryDead(choice: LetterChoice): Promise<number>;
  /**
   * Records what a dead letter says with other data, and discards the letter. It happened when the first event did but is
   * said now, so it counts over what was said between them. Only for events that a record can make; what a canvas file
   * says is changed in the file.
   */
  retryEdited(id: string, data: unknown): Promise<EditedRetryResult>;
  /**
   * Takes dead letters out for good: their events are neither pending nor dead for these stores, and stay in the journal.
   * Resolves with how many. A host asks the person first.
   */
  discardDead(choice: LetterChoice): Promise<number>;
  deadLetters(): readonly DeadLetterView[];
  /** The whole event of a dead letter; null when no letter has this id. */
  deadEvent(id: string): LearningEvent | null;

  /** Journaled events of all devices in `hlc` order, each id once. */
  events(query?: EventQuery): AsyncIterable<LearningEvent>;
  /** What the journals tell about learning: what moved, timelines, the past, what is due. */
  readonly recall: Recall;
  /** Refolds the local graph from the journals. With `dryRun` only says what would change. */
  rebuild(options: { readonly dryRun: boolean; readonly resend: boolean }): Promise<RebuildReport>;
  /** Reads what other devices' folders brought since the last look. */
  readOtherDevices(): Promise<number>;
  /** All journals as one NDJSON text stream, and the way back (events already there are skipped). */
  backup(): AsyncIterable<string>;
  importBackup(text: string): Promise<{ readonly added: number; readonly duplicates: number; readonly bad: number }>;
  /** Deletes this vault's data in the connected store. */
  removeFromStore(): Promise<{ readonly kind: "removed"; readonly entities: number } | StoreFailure | { readonly kind: "no-store" }>;

  /** What a store gets of one card at a level: a real one where there is one. Rejects with StorageError. */
  sentExample(level: PrivacyLevel): Promise<SentExample>;
  /** How much this device and others keep in the plugin's folder. Rejects with StorageError. */
  storageSizes(): Promise<StorageSizes>;

  /** Figures from zero. What the journal has, and what is still to be sent, is no figure of this kind and stays. */
  resetStats(): void;

  /** Work that a person sees: what they or a program asked for, with its items, progress and results. */
  readonly tasks: Tasks;
  /**
   * Makes a task, or with a `schedule` one for each of its times, and resolves with the id of the task or schedule as
   * soon as it is on disk. Requests of the kind `index` for a folder or the whole vault become one item a canvas when the
   * task is made. With a `template` no items are given. Without a priority a task about canvases or folders gets the one
   * that their reviews and last changes suggest, and says why. Rejects with RangeError, whose message says what to change,
   * for an unknown kind or template, a missing variable, a bad item or a schedule that cannot be.
   */
  createBatch(items: readonly JsonValue[], options: BatchOptions): Promise<string>;
  /** Tasks about cards of a canvas; null where the host has none. */
  readonly nodeTasks: NodeTasks | null;
  /** Tasks that are made again and again by this device, for as long as it runs. */
  readonly schedules: Schedules;
  /** Adds a kind of task. Returns its own undo. Throws RangeError where there is one of this name. */
  registerKind(kind: TaskKind): () => void;

  status(): EngineStatus;
  /** Calls back after any change of the status, coalesced to at most 20 a second and always ending on the true state. */
  onStatus(listener: (status: EngineStatus) => void): () => void;
  onSignal(listener: (signal: EngineSignal) => void): () => void;

  /** Writes checkpoints and acknowledgements now. */
  flush(): Promise<void>;
  /**
   * Stops taking work, flushes what it can within the deadline and lets go of everything. From then on news of files
   * is ignored, and whatever would scan, record, change or send rejects with an Error that says so.
   */
  stop(deadlineMs?: number): Promise<void>;
}

export interface DeadLetterView {
  readonly id: string;
  readonly store: string;
  readonly type: string;
  readonly canvasPath: string | null;
  readonly subject: Subject;
  /** One plain sentence of the store, without payload or secret. */
  readonly reason: string;
  /** The failure class: why an event was refused, or what a later version called it. */
  readonly class: string;
  /** The store's own code. */
  readonly code: string;
  readonly attempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface RebuildReport {
  readonly events: number;
  readonly differences: readonly string[];
  readonly applied: boolean;
  readonly stores: { readonly local: StoreStatus; readonly neo4j?: StoreStatus };
}
