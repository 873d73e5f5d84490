import type { Cancel, Clock } from "../../kernel/clock";
import { stoppedThroughput, throughputDone, throughputStarted, throughputStopped, type Throughput } from "../../kernel/throughput";
import type { FactLog } from "../disk/factLog";
import type { TaskHead } from "../disk/taskHead";
import { reduceTask } from "../state/reduceTask";
import type { TaskFact } from "../state/taskFact";
import type { TaskState } from "../state/taskState";
import type { TaskView } from "../taskView";
import type { Hand } from "./hand";

export interface TaskParts {
  readonly clock: Clock;
  readonly log: FactLog;
  readonly head: TaskHead;
  readonly onFact: (task: Task) => void;
}

/** One task while the process lives: its state, its files, and its items that are with the runner. */
export class Task {
  /** Items that are with the runner, by position. */
  readonly hands = new Map<number, Hand>();
  /** After how many items of all tasks an item of this one was handed over last. */
  servedAt = 0;
  /** Results that are not on disk yet. */
  unkept = 0;
  /** Why its facts cannot be written at the moment. */
  trouble: string | null = null;
  /** Why its items cannot be read at the moment, and the next try. */
  unreadable: { readonly reason: string; readonly failures: number; readonly again: Cancel } | null = null;
  /** Its end is being told. */
  ending = false;
  /** Nothing of it starts before it is written that it was opened again. */
  reopening = false;
  forgotten = false;
  onDone: ((view: TaskView) => void) | null = null;
  pace: Throughput = stoppedThroughput;
  /** No item before this position waits without being with the runner. */
  private cursor = 0;

  constructor(
    private readonly parts: TaskParts,
    private stateNow: TaskState,
    /** Its end was told. */
    public told: boolean,
    /** False for an ended task whose log was not read. */
    public logIsRead: boolean,
  ) {}

  get id(): string {
    return this.stateNow.meta.id;
  }

  get state(): TaskState {
    return this.stateNow;
  }

  get log(): FactLog {
    return this.parts.log;
  }

  get head(): TaskHead {
    return this.parts.head;
  }

  get isOver(): boolean {
    return this.stateNow.endedAt !== null;
  }

  /** Something happened. Resolves and rejects as `FactLog.append`; the task has changed at once. */
  tell(fact: TaskFact): Promise<void> {
    const kept = this.log.append(fact);
    this.apply(fact);
    return kept;
  }

  /** The same without waiting. */
  note(fact: TaskFact): void {
    this.log.add(fact);
    this.apply(fact);
  }

  /** Reads what its log has behind its head. Must come before the first fact. Rejects with StorageError. */
  async readLog(): Promise<void> {
    if (this.logIsRead) return;
    const behind = this.log.last;
    await this.log.read((fact, number) => {
      if (number > behind) this.stateNow = reduceTask(this.stateNow, fact);
    });
    this.logIsRead = true;
  }

  /** Whether time counts towards its pace from now on. */
  setGoing(goes: boolean): void {
    const now = this.parts.clock.monotonic();
    const isGoing = goes && !this.isOver && this.stateNow.startedAt !== null;
    if (isGoing === (this.pace.at !== null)) return;
    this.pace = isGoing ? throughputStarted(this.pace, now) : throughputStopped(this.pace, now);
  }

  /** The next positions that wait and are not with the runner, at most so many. */
  nextWaiting(most: number): readonly number[] {
    const found: number[] = [];
    while (found.length < most) {
      const item = this.stateNow.items.next("waiting", this.cursor);
      if (item === null) break;
      this.cursor = item + 1;
      if (!this.hands.has(item)) found.push(item);
    }
    return found;
  }

  /** This position may wait again. */
  lookFrom(item: number): void {
    this.cursor = Math.min(this.cursor, item);
  }

  /** Plans nothing more and writes nothing more. */
  close(): void {
    this.log.close();
    this.head.close();
    this.unreadable?.again();
    this.unreadable = null;
  }

  private apply(fact: TaskFact): void {
    this.stateNow = reduceTask(this.stateNow, fact);
    if (fact.kind === "ended") {
      const { item } = fact.result;
      this.pace = throughputDone(this.pace, 1, this.parts.clock.monotonic(), this.stateNow.meta.costs.of(item));
    }
    if (fact.kind === "returned") this.lookFrom(fact.item);
    if (fact.kind === "retried") this.lookFrom(0);
    this.head.changed();
    this.parts.onFact(this);
  }
}
