import { bounded } from "../../kernel/bounded";
import { reasonOf } from "../../kernel/reasonOf";
import { neverAborted } from "../../kernel/signal";
import type { AlternatingFile } from "../../journal/alternatingFile";
import { readAllPaused, writeAllPaused } from "../disk/allPaused";
import { FactLog } from "../disk/factLog";
import { ItemPages } from "../disk/itemPages";
import { loadTasks, type LoadedTask } from "../disk/loadTasks";
import { TaskFiles } from "../disk/taskFiles";
import { TaskHead, type Head } from "../disk/taskHead";
import type { Span, TaskFact } from "../state/taskFact";
import { createdState } from "../state/taskState";
import type { TaskMeta } from "../state/taskMeta";
import { viewOf } from "../state/viewOf";
import type { TaskView } from "../taskView";
import type { DeskParts } from "./deskParts";
import { Feeder } from "./feeder";
import { heldBy } from "./heldBy";
import { settleInterrupted } from "./settleInterrupted";
import { Task } from "./task";
import { TaskEnds } from "./taskEnds";

export interface SessionListener {
  changed(): void;
  ended(task: Task, view: TaskView): void;
}

/** All tasks from a start to the stop after it. */
export class TaskSession {
  readonly tasks = new Map<string, Task>();
  readonly files: TaskFiles;
  readonly pages: ItemPages;
  readonly feeder: Feeder;
  readonly ends: TaskEnds;
  private readonly common: AlternatingFile;
  /** Work on files that a stop waits for. */
  private readonly open = new Set<Promise<unknown>>();
  private pausedNow = false;
  private state: "open" | "stopping" | "closed" = "open";
  private onQuiet: () => void = () => undefined;

  constructor(
    private readonly parts: DeskParts,
    private readonly listener: SessionListener,
  ) {
    const { clock, kinds, logger, retryDelayMs, runner } = parts;
    this.files = new TaskFiles(parts.files);
    this.common = this.files.common();
    this.pages = new ItemPages(this.files);
    this.ends = new TaskEnds({
      ...parts,
      tasks: this.tasks,
      files: this.files,
      pages: this.pages,
      during: (work) => this.during(work),
      isClosed: () => this.state === "closed",
      ended: (task) => this.listener.ended(task, this.view(task)),
      changed: () => this.listener.changed(),
    });
    this.feeder = new Feeder({
      clock,
      kinds,
      logger,
      retryDelayMs,
      runner,
      pages: this.pages,
      tasks: () => this.tasks.values(),
      mayStart: (task) => this.mayStart(task),
      onUnreadable: (task, reason) => this.unreadable(task, reason),
      onRest: () => this.listener.changed(),
      onReturn: () => this.returned(),
    });
  }

  get allPaused(): boolean {
    return this.pausedNow;
  }

  get isOpen(): boolean {
    return this.state === "open";
  }

  /** Reads what is on disk, says so, and goes on with it. Rejects with StorageError when the folder cannot be read. */
  async start(isRead: () => void): Promise<void> {
    const { logger } = this.parts;
    this.pausedNow = await readAllPaused(this.common, logger);
    for (const loaded of await loadTasks({ files: this.files, logger, openLog: (id) => this.openLog(id) })) {
      this.tasks.set(loaded.state.meta.id, this.taskOf(loaded));
    }
    isRead();
    for (const task of this.tasks.values()) await settleInterrupted(task, this.pages, this.parts);
    for (const task of this.tasks.values()) this.refresh(task);
    await this.ends.forgetSurplus();
    this.feeder.pump();
  }

  /** A task that is on disk from now on. */
  add(meta: TaskMeta): Task {
    const task = this.taskOf({ state: createdState(meta), log: this.openLog(meta.id), told: false, logIsRead: true });
    this.tasks.set(meta.id, task);
    return task;
  }

  /** A task, or all, may have got something to do, or less. */
  refresh(task: Task): void {
    if (this.state === "closed") return;
    task.setGoing(this.mayStart(task) && this.parts.kinds.get(task.state.meta.kind) !== null);
    if (!this.mayStart(task)) this.feeder.withdraw(task);
    this.ends.tell(task);
    this.listener.changed();
  }

  refreshAll(): void {
    for (const task of this.tasks.values()) if (!task.isOver) this.refresh(task);
    this.listener.changed();
    this.feeder.pump();
  }

  /** Rejects with StorageError; it counts until the next start all the same. */
  async pauseAll(paused: boolean): Promise<void> {
    this.pausedNow = paused;
    this.refreshAll();
    await this.during(writeAllPaused(this.common, paused));
  }

  view(task: Task): TaskView {
    const { clock } = this.parts;
    return viewOf(task.state, { allPaused: this.pausedNow, waitsFor: this.waitsFor(task), pace: task.pace, now: clock.monotonic() });
  }

  /**
   * Items that failed wait again. For an ended task it is first written that its log counts again, as its head would be
   * believed without it. Rejects with StorageError.
   */
  async retry(task: Task, spans: readonly Span[]): Promise<void> {
    const fact: TaskFact = { kind: "retried", at: this.parts.clock.now(), spans };
    if (task.isOver) await this.during(this.reopen(task));
    task.told = false;
    const kept = task.tell(fact);
    this.feeder.pump();
    await kept;
  }

  /** The stop waits for this, as long as it may. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.open.add(work);
    try {
      return await work;
    } finally {
      this.open.delete(work);
    }
  }

  /** Starts nothing more, waits for what runs, asks what still runs then to end, and writes down where everything is. */
  async stop(deadlineMs: number): Promise<void> {
    if (this.state !== "open") return;
    this.state = "stopping";
    const { clock, logger } = this.parts;
    for (const task of this.tasks.values()) this.feeder.withdraw(task);
    await bounded(clock, deadlineMs, neverAborted, () => this.quiet());
    this.feeder.close();
    for (const task of this.tasks.values()) this.feeder.withdrawAll(task);
    const kept = await bounded(clock, Math.max(deadlineMs, 1_000), neverAborted, () => this.keepAll());
    if (kept.kind !== "done") logger.warn("Not everything of the tasks was written before the end. The next start sorts it out.");
    this.state = "closed";
    for (const task of this.tasks.values()) task.close();
  }

  private async reopen(task: Task): Promise<void> {
    task.reopening = true;
    try {
      await task.readLog();
      await task.head.write();
    } finally {
      task.reopening = false;
    }
  }

  private mayStart({ state, trouble, unreadable, reopening, forgotten }: Task): boolean {
    if (this.state !== "open" || this.pausedNow || state.paused || state.endedAt !== null || state.cancelledAt !== null) return false;
    return trouble === null && unreadable === null && !reopening && !forgotten;
  }

  private waitsFor(task: Task): string | null {
    const { state, trouble, unreadable } = task;
    if (state.paused || this.pausedNow || state.cancelledAt !== null) return null;
    if (trouble !== null) return `What became of its items cannot be written: ${trouble}`;
    if (unreadable !== null) return `Its items cannot be read: ${unreadable.reason}`;
    if (this.parts.kinds.get(state.meta.kind) === null) return `No kind of task is registered as "${state.meta.kind}".`;
    return task.hands.size === 0 ? this.feeder.waitsFor : heldBy(task, this.parts.runner);
  }

  private openLog(id: string): FactLog {
    const { clock, retryDelayMs } = this.parts;
    return new FactLog({ clock, retryDelayMs, log: this.files.log(id), onTrouble: (reason) => this.troubled(id, reason) });
  }

  private taskOf({ state, log, told, logIsRead }: LoadedTask): Task {
    const { clock, logger, retryDelayMs } = this.parts;
    const head = new TaskHead({
      clock,
      retryDelayMs,
      file: this.files.head(state.meta.id),
      head: () => headOf(task),
      onTrouble: (error) => logger.warn(`Where a task stands is not written yet: ${reasonOf(error)}`),
    });
    const task: Task = new Task({ clock, log, head, onFact: (one) => this.refresh(one) }, state, told, logIsRead);
    return task;
  }

  private troubled(id: string, reason: string | null): void {
    const task = this.tasks.get(id);
    if (task === undefined || this.state === "closed") return;
    if (reason !== null && task.trouble === null) this.parts.logger.warn(`The task ${id} holds: ${reason}`);
    task.trouble = reason;
    this.refresh(task);
    this.feeder.pump();
  }

  private unreadable(task: Task, reason: string): void {
    const { clock, logger, retryDelayMs } = this.parts;
    const failures = (task.unreadable?.failures ?? 0) + 1;
    logger.warn(`The task ${task.id} holds: ${reason}`);
    const again = clock.after(retryDelayMs(failures), () => {
      task.unreadable = null;
      this.refresh(task);
      this.feeder.pump();
    });
    task.unreadable = { reason, failures, again };
    this.refresh(task);
  }

  private returned(): void {
    this.listener.changed();
    if (this.state === "stopping" && this.isQuiet()) this.onQuiet();
  }

  private quiet(): Promise<void> {
    return this.isQuiet() ? Promise.resolve() : new Promise((resolve) => (this.onQuiet = resolve));
  }

  private isQuiet(): boolean {
    return [...this.tasks.values()].every((task) => task.hands.size === 0);
  }

  private async keepAll(): Promise<void> {
    await Promise.allSettled(this.open);
    for (const task of this.tasks.values()) {
      if (!(await task.log.flush())) continue;
      await task.head.flush().catch((error: unknown) => this.parts.logger.warn(`Where a task stood at the end is not written: ${reasonOf(error)}`));
    }
  }
}

function headOf({ state, log, told, isOver, reopening, forgotten }: Task): Head {
  return { state, last: log.last, settled: told && isOver && !reopening, told, forgotten };
}
