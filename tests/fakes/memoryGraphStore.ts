import type { Clock } from "../../src/engine/kernel/clock";
import type { Signal } from "../../src/engine/kernel/signal";
import type { Connected, GraphStore, StoreFailure, WriteOutcome } from "../../src/engine/graph/port";
import { defaultPrivacy, type PrivacyChoice, type PrivacyLevel } from "../../src/engine/graph/privacyLevel";
import type { StoreBatch } from "../../src/engine/graph/rows";
import type { StoredPage, StoreQuestion } from "../../src/engine/graph/storedRows";
import { MemoryDatabase } from "./memoryDatabase";

/** What every call answers that was stopped, closed, or came too early. */
export const away: StoreFailure = { kind: "failed", class: "unavailable", code: "Away", message: "The store is away." };

const otherLevel: StoreFailure = { kind: "failed", class: "config", code: "OTHER_LEVEL", message: "Another device chose another level later." };

/** What the next write does instead of its work. */
export type Fault =
  | StoreFailure
  /** Nothing comes back: the deadline, an abort or `close` settles the call. */
  | { readonly kind: "hang" }
  /** The work is done but its answer is lost: the call reports this failure. */
  | { readonly kind: "lost"; readonly failure: StoreFailure };

export interface MemoryGraphStoreOptions {
  readonly vault: string;
  /** Shared by stores that reach the same database. Absent: one of its own. */
  readonly database?: MemoryDatabase;
  /** Needed for latency, and for hanging calls to end at the deadline. */
  readonly clock?: Clock;
  readonly address?: string;
  readonly deadlineMs?: number;
  /** Absent: everything, as nobody has chosen. */
  readonly privacy?: PrivacyChoice;
}

/** A graph store in memory that keeps the port's promises, and breaks when a test tells it to. */
export class MemoryGraphStore implements GraphStore {
  readonly address: string;
  readonly database: MemoryDatabase;
  /** Milliseconds that each call takes. */
  latencyMs = 0;
  /** While it is set, every call fails like this. */
  down: StoreFailure | null = null;
  /** One for each of the next writes, in order. */
  readonly faults: Fault[] = [];
  /** Asked about every batch; a failure refuses it. */
  refuse: (batch: StoreBatch) => StoreFailure | null = () => null;
  /** Every question that was asked here, failed ones too. */
  readonly questions: StoreQuestion[] = [];
  /** Called before each question is answered; a failure is its answer. */
  onRead: (question: StoreQuestion) => StoreFailure | null = () => null;
  /** Every batch that was sent here, refused ones too. */
  readonly batches: StoreBatch[] = [];
  connects = 0;
  concurrency = 0;
  /** Writes under way now, and the most there ever were. */
  running = 0;
  peak = 0;
  private epoch: string | null = null;
  private closed = false;
  private readonly hangUps = new Set<() => void>();

  constructor(private readonly options: MemoryGraphStoreOptions) {
    this.address = options.address ?? "memory:///test";
    this.database = options.database ?? new MemoryDatabase();
  }

  get level(): PrivacyLevel {
    return (this.options.privacy ?? defaultPrivacy).level;
  }

  async connect(signal: Signal): Promise<Connected | StoreFailure> {
    this.connects += 1;
    const failure = await this.arrive(signal);
    if (failure !== null) return failure;
    this.epoch = this.database.open(this.options.vault, this.options.privacy ?? defaultPrivacy);
    if (this.epoch === null) return otherLevel;
    const { address } = this;
    return { kind: "connected", address, epoch: this.epoch, server: "Memory/1", latencyMs: this.latencyMs };
  }

  async write(batch: StoreBatch, signal: Signal): Promise<WriteOutcome> {
    this.running += 1;
    this.peak = Math.max(this.peak, this.running);
    try {
      return await this.writeOnce(batch, signal);
    } finally {
      this.running -= 1;
    }
  }

  async read(question: StoreQuestion, signal: Signal): Promise<StoredPage | StoreFailure> {
    const { epoch } = this;
    if (epoch === null) return away;
    this.questions.push(question);
    const failure = (await this.arrive(signal)) ?? this.onRead(question);
    if (failure !== null) return failure;
    const { vault } = this.options;
    return this.database.hasEpoch(vault, epoch) ? this.database.rows(vault, question) : away;
  }

  setConcurrency(limit: number): void {
    this.concurrency = limit;
  }

  async removeVault(vault: string, signal: Signal): ReturnType<GraphStore["removeVault"]> {
    return (await this.arrive(signal)) ?? { kind: "removed", entities: this.database.wipe(vault) };
  }

  close(): Promise<void> {
    this.closed = true;
    for (const hangUp of [...this.hangUps]) hangUp();
    return Promise.resolve();
  }

  private async writeOnce(batch: StoreBatch, signal: Signal): Promise<WriteOutcome> {
    if (this.epoch === null) return away;
    this.batches.push(batch);
    const fault = this.faults.shift();
    const failure = fault?.kind === "hang" ? await this.hang(signal) : await this.arrive(signal);
    if (failure !== null) return failure;
    if (fault?.kind === "failed") return fault;
    const refused = this.refuse(batch);
    if (refused !== null) return refused;
    // A wiped database is another store: nothing is written to it before it was connected to.
    if (!this.database.hasEpoch(this.options.vault, this.epoch)) return away;
    this.database.write(batch);
    return fault?.kind === "lost" ? fault.failure : { kind: "stored" };
  }

  /** Null when the call comes through. */
  private async arrive(signal: Signal): Promise<StoreFailure | null> {
    if (this.closed || signal.aborted) return away;
    if (this.latencyMs === 0) return this.down;
    return (await this.wait(this.latencyMs, signal)) ?? this.down;
  }

  private async hang(signal: Signal): Promise<StoreFailure> {
    if (!this.closed) await this.wait(this.options.deadlineMs ?? 25_000, signal);
    return away;
  }

  /** Null when the time is over, a failure when something ended it before. */
  private wait(ms: number, signal: Signal): Promise<StoreFailure | null> {
    return new Promise((resolve) => {
      let undo = (): void => undefined;
      const settle = (result: StoreFailure | null): void => {
        cancel?.();
        undo();
        this.hangUps.delete(hangUp);
        resolve(result);
      };
      const hangUp = (): void => settle(away);
      const cancel = this.options.clock?.after(ms, () => settle(null));
      this.hangUps.add(hangUp);
      undo = signal.onAbort(hangUp);
    });
  }
}
