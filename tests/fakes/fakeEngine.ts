import type {
  BatchOptions,
  DeadLetterView,
  Engine,
  EngineSettings,
  EngineSignal,
  EngineStatus,
  GraphStore,
  JsonValue,
  LearningEvent,
  ScanPlanSize,
  ScanReport,
  SubmitOptions,
  TaskKind,
} from "../../src/engine/index";
import { CanvasApi, emptyBatch, StorageError } from "../../src/engine/index";
import { unusableSchedules } from "../../src/engine/flow/tasks/unusableSchedules";
import { engineStatus } from "./engineStatus";
import { FakeRecall } from "./fakeRecall";
import { FakeTasks } from "./fakeTasks";
import { seededRandom } from "./seededRandom";

const nothingScanned: ScanReport = {
  canvases: 0,
  unreadable: 0,
  events: {},
  journaled: 0,
  duplicates: 0,
  problems: [],
  stopped: false,
};

/** An engine that does nothing but remember what it was asked, for tests of what drives it. */
export class FakeEngine implements Engine {
  readonly vault = "11111111-2222-4333-8444-555555555555";
  readonly device = "0123456789abcdef";
  firstIndex = true;
  size: ScanPlanSize = { canvases: 3, notes: 2, bytes: 4000 };
  /** What was called, in order, such as `scan` or `canvasChanged a.canvas`. */
  readonly calls: string[] = [];
  settings: EngineSettings | null = null;
  store: GraphStore | null = null;
  /** How each submitted event was to be treated. */
  readonly submitted: SubmitOptions[] = [];
  letters: readonly DeadLetterView[] = [];
  readonly recall = new FakeRecall();
  readonly tasks = new FakeTasks();
  readonly nodeTasks = null;
  readonly schedules = unusableSchedules("this engine has no schedules");
  /** While set, scans are stopped before their end. */
  stopped = false;
  /** While set, nothing can be journaled. */
  full = false;
  private current: EngineStatus = engineStatus();
  private readonly statusListeners = new Set<(status: EngineStatus) => void>();
  private readonly signalListeners = new Set<(signal: EngineSignal) => void>();

  become(status: Partial<EngineStatus>): void {
    this.current = { ...this.current, ...status };
    for (const listener of this.statusListeners) listener(this.current);
  }

  signal(signal: EngineSignal): void {
    for (const listener of this.signalListeners) listener(signal);
  }

  async scan(options: { confirmMissing?: boolean } = {}): Promise<ScanReport> {
    this.note(options.confirmMissing === true ? "scan confirmMissing" : "scan");
    if (!this.stopped) this.firstIndex = false;
    return { ...nothingScanned, stopped: this.stopped };
  }

  async planScan(): Promise<ScanPlanSize> {
    return this.size;
  }

  async mutate(path: string): ReturnType<Engine["mutate"]> {
    this.note(`mutate ${path}`);
    return { kind: "unchanged", path };
  }

  readonly canvas = new CanvasApi({ mutate: (path) => this.mutate(path), read: async () => null, random: seededRandom() });

  lastChange: Awaited<ReturnType<Engine["lastWrite"]>> = null;

  async lastWrite(): ReturnType<Engine["lastWrite"]> {
    return this.lastChange;
  }

  async undoWrite(path: string): ReturnType<Engine["undoWrite"]> {
    this.note(`undoWrite ${path}`);
    return { kind: "nothing" };
  }

  async undoOwner(path: string, owner: string): ReturnType<Engine["undoOwner"]> {
    this.note(`undoOwner ${path} ${owner}`);
    return { kind: "nothing" };
  }

  async sentExample(): ReturnType<Engine["sentExample"]> {
    return { madeUp: true, rows: emptyBatch(this.vault) };
  }

  async storageSizes(): ReturnType<Engine["storageSizes"]> {
    return { journal: 1_000, graph: 2_000, recovery: 0, tasks: 300, other: 40, otherDevices: 0 };
  }

  stopScan(): void {
    this.calls.push("stopScan");
  }

  async canvasChanged(path: string): Promise<void> {
    this.note(`canvasChanged ${path}`);
  }

  async canvasRenamed(from: string, to: string): Promise<void> {
    this.note(`canvasRenamed ${from} ${to}`);
  }

  async fileDeleted(path: string): Promise<void> {
    this.note(`fileDeleted ${path}`);
  }

  async noteChanged(path: string): Promise<void> {
    this.note(`noteChanged ${path}`);
  }

  async recordBatch(items: readonly unknown[]): ReturnType<Engine["recordBatch"]> {
    this.note(`recordBatch ${items.length}`);
    return { requested: 0, succeeded: 0, failed: 0, duplicate: 0, deferred: 0, results: [], batchAvgLatencyMs: null };
  }

  async record(item: unknown): ReturnType<Engine["record"]> {
    await this.recordBatch([item]);
    return { index: 0, id: "id", status: "accepted" };
  }

  async submit(item: unknown, options: SubmitOptions = {}): ReturnType<Engine["submit"]> {
    this.submitted.push(options);
    return this.record(item);
  }

  async submitAll(items: readonly unknown[]): ReturnType<Engine["submitAll"]> {
    return this.recordBatch(items);
  }

  async settleArrivals(): Promise<void> {
    this.calls.push("settleArrivals");
  }

  notJournaled(): readonly string[] {
    return [];
  }

  async useStore(store: GraphStore | null): Promise<void> {
    this.calls.push(store === null ? "useStore null" : "useStore");
    this.store = store;
  }

  async reconnect(): Promise<void> {
    this.calls.push("reconnect");
  }

  wake(): void {
    this.calls.push("wake");
  }

  pause(): void {
    this.calls.push("pause");
  }

  resume(): void {
    this.calls.push("resume");
  }

  async drain(): Promise<boolean> {
    return true;
  }

  updateSettings(settings: EngineSettings): void {
    this.settings = settings;
  }

  async retryDead(): Promise<number> {
    this.calls.push("retryDead");
    return this.letters.length;
  }

  async retryEdited(id: string): ReturnType<Engine["retryEdited"]> {
    this.calls.push(`retryEdited ${id}`);
    return { kind: "replaced", id: "edited" };
  }

  async discardDead(): Promise<number> {
    this.calls.push("discardDead");
    return this.letters.length;
  }

  deadEvent(): LearningEvent | null {
    return null;
  }

  resetStats(): void {
    this.calls.push("resetStats");
  }

  deadLetters(): readonly DeadLetterView[] {
    return this.letters;
  }

  async *events(): ReturnType<Engine["events"]> {
    yield* [];
  }

  async rebuild(): ReturnType<Engine["rebuild"]> {
    return { events: 0, differences: [], applied: false, stores: this.current.stores };
  }

  async readOtherDevices(): Promise<number> {
    this.calls.push("readOtherDevices");
    return 0;
  }

  async *backup(): AsyncIterable<string> {
    yield "line\n";
  }

  async importBackup(): ReturnType<Engine["importBackup"]> {
    return { added: 0, duplicates: 0, bad: 0 };
  }

  async removeFromStore(): ReturnType<Engine["removeFromStore"]> {
    this.calls.push("removeFromStore");
    return this.store === null ? { kind: "no-store" } : { kind: "removed", entities: 5 };
  }

  async createBatch(items: readonly JsonValue[], options: BatchOptions): Promise<string> {
    const { schedule: _, template = "", variables: __, ...task } = options;
    return (await this.tasks.create(items, { ...task, kind: task.kind ?? `template ${template}`, title: task.title ?? template })).id;
  }

  registerKind({ name }: TaskKind): () => void {
    this.calls.push(`registerKind ${name}`);
    return () => void this.calls.push(`forgetKind ${name}`);
  }

  status(): EngineStatus {
    return this.current;
  }

  onStatus(listener: (status: EngineStatus) => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  onSignal(listener: (signal: EngineSignal) => void): () => void {
    this.signalListeners.add(listener);
    return () => this.signalListeners.delete(listener);
  }

  async flush(): Promise<void> {
    this.note("flush");
  }

  async stop(deadlineMs?: number): Promise<void> {
    this.calls.push(`stop ${deadlineMs}`);
  }

  private note(call: string): void {
    this.calls.push(call);
    if (this.full) throw new StorageError("full", "the disk is full");
  }
}
