import type { JsonValue } from "../kernel/json";
import type { CanvasApi } from "../canvas/canvasApi";
import type { CanvasPatch } from "../canvas/patch";
import type { CanvasUndo, LastWrite, UndoResult } from "../canvas/recovery/canvasUndo";
import type { CanvasWriter, MutateResult } from "../canvas/writer";
import type { LetterChoice } from "../journal/deadLetters";
import type { Journal } from "../journal/journal";
import { readEvent } from "../learning/readEvent";
import type { LearningEvent } from "../learning/event";
import { onlyResult, type ItemResult, type RecordBatchResult } from "../learning/result";
import type { GraphStore, StoreFailure } from "../graph/port";
import type { PrivacyLevel } from "../graph/privacyLevel";
import type { TaskKind } from "../tasks/kind";
import type { NodeTasks } from "../tasks/nodes/nodeTasks";
import type { Schedules } from "../tasks/schedule/schedules";
import type { Tasks } from "../tasks/tasks";
import { backUp } from "./record/backup";
import type { Checkpointer } from "./project/checkpointer";
import { STORE } from "./deliver/delivery";
import { deadLetterViews } from "./deliver/deadLetterViews";
import type { SentExample } from "./deliver/sentExample";
import { endEngine } from "./endEngine";
import type { TaskWork } from "./tasks/taskWork";
import type {
  BatchOptions,
  DeadLetterView,
  EditedRetryResult,
  Engine,
  EngineSettings,
  EngineSignal,
  EventQuery,
  RebuildReport,
  RecordOptions,
  ScanPlanSize,
  ScanReport,
  SubmitOptions,
} from "./engine";
import type { Fold } from "./project/fold";
import type { ForeignEvents } from "./record/foreignEvents";
import type { ForeignWatch } from "./record/foreignWatch";
import type { GraphTrouble } from "./project/graphTrouble";
import type { JournalRecovery } from "./project/journalRecovery";
import { backpressure } from "./status/backpressure";
import { localStatus } from "./status/localStatus";
import type { LiveFiles } from "./capture/liveFiles";
import type { OpenWork } from "./record/openWork";
import type { ProblemBook } from "./capture/problemBook";
import { queryEvents } from "./queryEvents";
import { rebuild } from "./rebuild";
import type { Recall } from "./recall/recall";
import type { RecordItems } from "./record/recordItems";
import type { Submissions } from "./record/submissions";
import type { EngineStatus } from "./status/status";
import { storageSizes, type StorageSizes } from "./status/storageSizes";
import type { Storage } from "./project/storage";
import type { StoreDelivery } from "./deliver/storeDelivery";
import type { VaultScan } from "./capture/vaultScan";
import type { Watchtower } from "./status/watchtower";
import type { EngineParts } from "./engineParts";

/** How long a stop waits for work and batches under way. */
const STOP_MS = 5_000;

export interface RunningParts extends EngineParts {
  readonly storage: Storage<Journal>;
  readonly tower: Watchtower;
  readonly problems: ProblemBook;
  readonly fold: Fold;
  readonly checkpoints: Checkpointer;
  readonly recovery: JournalRecovery;
  readonly graphTrouble: GraphTrouble;
  readonly delivery: StoreDelivery;
  readonly foreign: ForeignEvents;
  readonly foreignWatch: ForeignWatch;
  readonly work: OpenWork;
  readonly scan: VaultScan;
  readonly live: LiveFiles;
  readonly items: RecordItems;
  readonly submissions: Submissions;
  readonly recall: Recall;
  readonly retryEdited: (id: string, data: unknown) => Promise<EditedRetryResult>;
  readonly writer: CanvasWriter;
  readonly canvas: CanvasApi;
  readonly taskWork: TaskWork;
  readonly undo: CanvasUndo;
  readonly nodeTasks: NodeTasks | null;
  readonly sentExample: (level: PrivacyLevel) => Promise<SentExample>;
  readonly applySettings: (settings: EngineSettings) => void;
}

/** The engine as hosts use it: each method passes on to the part that does the work. */
export class RunningEngine implements Engine {
  private stopped: Promise<void> | null = null;

  constructor(private readonly parts: RunningParts) {}

  get vault(): string {
    return this.parts.vault;
  }

  get device(): string {
    return this.parts.device;
  }

  get firstIndex(): boolean {
    return this.parts.storage.scanMemory.firstIndex;
  }

  scan(options: { confirmMissing?: boolean; onProgress?: (done: number, total: number) => void } = {}): Promise<ScanReport> {
    const { foreign, scan, work } = this.parts;
    return work.run(() => scan.run({ ...options, before: () => work.run(() => foreign.readOtherDevices()) }));
  }

  planScan(): Promise<ScanPlanSize> {
    return this.parts.scan.size();
  }

  stopScan(): void {
    this.parts.scan.stop();
  }

  canvasChanged(path: string): Promise<void> {
    return this.parts.live.canvasChanged(path);
  }

  canvasRenamed(from: string, to: string): Promise<void> {
    this.parts.writer.renamed(from, to);
    return this.parts.live.canvasRenamed(from, to);
  }

  async fileDeleted(path: string): Promise<void> {
    this.parts.live.fileDeleted(path);
  }

  noteChanged(path: string): Promise<void> {
    return this.parts.live.noteChanged(path);
  }

  settleArrivals(): Promise<void> {
    return this.parts.live.settle();
  }

  notJournaled(): readonly string[] {
    return this.parts.live.notJournaled;
  }

  mutate(path: string, patch: CanvasPatch, owner?: string): Promise<MutateResult> {
    return this.parts.work.run(() => this.parts.writer.mutate(path, patch, owner));
  }

  get canvas(): CanvasApi {
    return this.parts.canvas;
  }

  lastWrite(path: string): Promise<LastWrite | null> {
    return this.parts.undo.lastWrite(path);
  }

  undoWrite(path: string): Promise<UndoResult> {
    return this.parts.work.run(() => this.parts.undo.undoLast(path));
  }

  undoOwner(path: string, owner: string): Promise<UndoResult> {
    return this.parts.work.run(() => this.parts.undo.undoAll(path, owner));
  }

  recordBatch(items: readonly unknown[], options: RecordOptions = {}): Promise<RecordBatchResult> {
    return this.parts.work.run(() => this.parts.items.record(items, options));
  }

  async record(item: unknown, options: RecordOptions = {}): Promise<ItemResult> {
    return onlyResult(await this.recordBatch([item], options));
  }

  submit(item: unknown, options: SubmitOptions = {}): Promise<ItemResult> {
    return this.parts.submissions.submit(item, options);
  }

  submitAll(items: readonly unknown[], options: SubmitOptions = {}): Promise<RecordBatchResult> {
    return this.parts.submissions.submitAll(items, options);
  }

  async useStore(store: GraphStore | null): Promise<void> {
    this.parts.work.requireOpen();
    await this.parts.delivery.use(store);
  }

  async reconnect(): Promise<void> {
    this.parts.delivery.reconnect();
    this.parts.taskWork.tryAgain(STORE);
    await this.parts.live.tryAgain();
  }

  wake(): void {
    this.parts.taskWork.wake();
  }

  pause(): void {
    this.parts.delivery.pause();
  }

  resume(): void {
    this.parts.delivery.resume();
    this.parts.taskWork.tryAgain(STORE);
  }

  drain(deadlineMs: number): Promise<boolean> {
    return this.parts.delivery.drain(deadlineMs);
  }

  updateSettings(settings: EngineSettings): void {
    this.parts.applySettings(settings);
  }

  retryDead(choice: LetterChoice): Promise<number> {
    return this.parts.work.run(() => this.parts.delivery.retryDead(choice));
  }

  retryEdited(id: string, data: unknown): Promise<EditedRetryResult> {
    return this.parts.work.run(() => this.parts.retryEdited(id, data));
  }

  discardDead(choice: LetterChoice): Promise<number> {
    return this.parts.work.run(() => this.parts.delivery.discardDead(choice));
  }

  deadEvent(id: string): LearningEvent | null {
    return this.parts.storage.dead.list().find(({ event }) => event.id === id)?.event ?? null;
  }

  deadLetters(): readonly DeadLetterView[] {
    return deadLetterViews(this.parts.storage.dead);
  }

  events(query: EventQuery = {}): AsyncIterable<LearningEvent> {
    return queryEvents(this.parts.storage.journal, query);
  }

  get recall(): Recall {
    return this.parts.recall;
  }

  rebuild(options: { dryRun: boolean; resend: boolean }): Promise<RebuildReport> {
    return this.parts.work.run(() => rebuild(this.parts, options, { flush: () => this.flush(), stores: () => this.status().stores }));
  }

  readOtherDevices(): Promise<number> {
    return this.takeIn((foreign) => foreign.readOtherDevices());
  }

  backup(): AsyncIterable<string> {
    return backUp(this.parts.storage.journal, { hasher: this.parts.hasher, readEvent });
  }

  importBackup(text: string): ReturnType<Engine["importBackup"]> {
    return this.takeIn((foreign) => foreign.importBackup(text));
  }

  async removeFromStore(): Promise<{ readonly kind: "removed"; readonly entities: number } | StoreFailure | { readonly kind: "no-store" }> {
    if (!this.parts.delivery.inUse) return { kind: "no-store" };
    return this.parts.delivery.removeFromStore(this.parts.vault);
  }

  sentExample(level: PrivacyLevel): Promise<SentExample> {
    return this.parts.sentExample(level);
  }

  storageSizes(): Promise<StorageSizes> {
    return storageSizes(this.parts.folder, this.parts.device);
  }

  resetStats(): void {
    this.parts.tower.resetStats();
  }

  get tasks(): Tasks {
    return this.parts.taskWork.tasks;
  }

  get nodeTasks(): NodeTasks | null {
    return this.parts.nodeTasks;
  }

  get schedules(): Schedules {
    return this.parts.taskWork.schedules;
  }

  async createBatch(items: readonly JsonValue[], options: BatchOptions): Promise<string> {
    this.parts.work.requireOpen();
    return this.parts.taskWork.createBatch(items, options);
  }

  registerKind(kind: TaskKind): () => void {
    return this.parts.taskWork.registerKind(kind);
  }

  status(): EngineStatus {
    const { delivery, device, graphTrouble, problems, storage, tower, vault } = this.parts;
    const { journal, graph } = storage;
    const neo4j = delivery.status();
    return {
      vault,
      device,
      phase: tower.phase,
      journal: tower.stats.journal.state,
      events: journal.counts.events,
      quarantined: journal.counts.quarantined,
      canvases: graph.summary().canvases,
      stores: { local: graphTrouble.shownIn(localStatus(journal, storage.folded)), ...(neo4j === null ? {} : { neo4j }) },
      problems: problems.all(),
      tasks: this.tasks.list(),
      backpressure: backpressure(tower.stats),
      stats: tower.stats,
    };
  }

  onStatus(listener: (status: EngineStatus) => void): () => void {
    return this.parts.tower.onChange(() => listener(this.status()));
  }

  onSignal(listener: (signal: EngineSignal) => void): () => void {
    return this.parts.tower.onSignal(listener);
  }

  flush(): Promise<void> {
    // A stopped engine has kept what it could.
    return this.parts.work.over ? Promise.resolve() : this.parts.checkpoints.flush();
  }

  stop(deadlineMs = STOP_MS): Promise<void> {
    this.stopped ??= endEngine(this.parts, deadlineMs);
    return this.stopped;
  }

  private takeIn<T>(events: (foreign: ForeignEvents) => Promise<T>): Promise<T> {
    const { foreign, live, work } = this.parts;
    return work.run(() => live.takingIn(() => events(foreign)));
  }
}
