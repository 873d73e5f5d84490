import { createEmitter, type Emitter } from "../kernel/emitter";
import { Pulse } from "../kernel/pulse";
import { reasonOf } from "../kernel/reasonOf";
import { createSerial } from "../kernel/serial";
import type { Priority } from "../learning/event";
import type { ItemResult } from "./itemResult";
import { checkPage, type PageRequest, type ResultPage } from "./results/page";
import { createTask } from "./run/createTask";
import type { DeskParts } from "./run/deskParts";
import { itemViews } from "./run/itemViews";
import { ResultPages } from "./run/resultPages";
import type { Task } from "./run/task";
import { TasksStopped } from "./run/tasksStopped";
import { taskResults } from "./run/taskResults";
import { TaskSession } from "./run/taskSession";
import { spansOf } from "./state/taskFact";
import { taskPriority } from "./taskPriority";
import type { CreatedTask, TaskChange, TaskChoice, TaskItems, TaskItemView, TaskOptions, Tasks } from "./tasks";
import type { TaskView } from "./taskView";

const changed: TaskChange = { kind: "changed" };

function notNow(reason: string): TaskChange {
  return { kind: "not-now", reason };
}

/**
 * Tasks on disk, run by an `ItemRunner`. `start` goes on with what is there, `stop` ends it until the next start; in
 * between everything is kept as it happens, so that a crash is a stop without the waiting.
 */
export class TaskDesk implements Tasks {
  private session: TaskSession | null = null;
  private readonly pulse: Pulse;
  private readonly ends: Emitter<TaskView>;
  /** Creations under way, by the key that makes them the same. */
  private readonly creating = new Map<string, Promise<string>>();
  /** What was learned of where results are, for as long as their task is there. */
  private readonly paged = new WeakMap<Task, ResultPages>();
  private order = 0;
  /** Starts and stops: a session that begins while another one ends would write to the same files. */
  private readonly oneByOne = createSerial();

  constructor(private readonly parts: DeskParts) {
    const { clock, kinds, logger } = parts;
    const listenerFailed = (error: unknown): void => logger.error(`A listener of the tasks failed: ${reasonOf(error)}`);
    this.pulse = new Pulse(clock, listenerFailed);
    this.ends = createEmitter(listenerFailed);
    kinds.watch(() => this.session?.refreshAll());
  }

  /** Rejects with StorageError when the folder of the tasks cannot be read. Listeners should be there before. */
  start(): Promise<void> {
    return this.oneByOne(() => this.open());
  }

  /** What runs may end within these milliseconds; what still runs then is told to, and is sorted out at the next start. */
  stop(deadlineMs: number): Promise<void> {
    return this.oneByOne(async () => {
      await this.session?.stop(deadlineMs);
      this.pulse.end();
    });
  }

  async create(items: TaskItems, options: TaskOptions): Promise<CreatedTask> {
    const { dedupeKey: key } = options;
    if (key === undefined) return { kind: "created", id: await this.createNew(items, options) };
    // Whoever comes while the first one is being written gets that one, or takes its place when it fails.
    for (let first = this.creating.get(key); first !== undefined; first = this.creating.get(key)) {
      const id = await first.catch(() => null);
      if (id !== null) return { kind: "joined", id };
    }
    const known = this.sameAs(key, options.joinEnded ?? true);
    if (known !== null) return { kind: "joined", id: known.id };
    const creation = this.createNew(items, options);
    this.creating.set(key, creation);
    try {
      return { kind: "created", id: await creation };
    } finally {
      this.creating.delete(key);
    }
  }

  list(): readonly TaskView[] {
    const { session } = this;
    return session === null ? [] : [...session.tasks.values()].map((task) => session.view(task));
  }

  status(id: string): TaskView | null {
    const task = this.find(id);
    return task === null || this.session === null ? null : this.session.view(task);
  }

  async items(id: string, from: number, limit: number): Promise<readonly TaskItemView[]> {
    const task = this.find(id);
    if (task === null || this.session === null) return [];
    return itemViews(task, this.session.pages, Math.max(0, Math.floor(from)), Math.max(0, Math.floor(limit)));
  }

  async *results(id: string): AsyncIterable<ItemResult> {
    const task = this.find(id);
    if (task !== null && this.session !== null) yield* taskResults(task, this.session.pages, this.parts);
  }

  async resultPage(id: string, request: PageRequest): Promise<ResultPage> {
    checkPage(request);
    const task = this.find(id);
    if (task === null || this.session === null) return { lines: [], next: null };
    const pages = this.paged.get(task) ?? new ResultPages(task, this.session.pages, this.parts);
    this.paged.set(task, pages);
    return pages.page(request);
  }

  async pause(which: TaskChoice): Promise<TaskChange> {
    const session = this.requireSession();
    if (which === "all") {
      await session.pauseAll(true);
      return changed;
    }
    return this.change(which.id, async (task) => {
      if (!task.state.paused) await task.tell({ kind: "paused", at: this.parts.clock.now() });
      return changed;
    });
  }

  async resume(which: TaskChoice): Promise<TaskChange> {
    const session = this.requireSession();
    const at = this.parts.clock.now();
    if (which === "all") {
      const paused = [...session.tasks.values()].filter((task) => task.state.paused && !task.isOver);
      await Promise.all([session.pauseAll(false), ...paused.map((task) => task.tell({ kind: "resumed", at }))]);
      session.feeder.pump();
      return changed;
    }
    return this.change(which.id, async (task) => {
      if (session.allPaused) return notNow("All tasks are paused. Resume all of them first.");
      if (task.state.paused) await task.tell({ kind: "resumed", at });
      session.feeder.pump();
      return changed;
    });
  }

  async cancel(which: TaskChoice): Promise<TaskChange> {
    const session = this.requireSession();
    if (which !== "all") return this.change(which.id, (task) => this.cancelOne(session, task));
    const open = [...session.tasks.values()].filter((task) => !task.isOver && task.state.cancelledAt === null);
    await Promise.all(open.map((task) => this.cancelOne(session, task)));
    return changed;
  }

  async retryFailed(id: string, items?: readonly number[]): Promise<TaskChange> {
    const session = this.requireSession();
    const task = this.find(id);
    if (task === null) return { kind: "unknown-task" };
    if (task.state.cancelledAt !== null) return notNow("It was cancelled. Create it again to run it.");
    const failed = failedOf(task, items);
    if (failed.length === 0) return notNow("None of these items failed.");
    await session.retry(task, spansOf(failed));
    return changed;
  }

  async setPriority(id: string, priority: Priority): Promise<TaskChange> {
    const session = this.requireSession();
    const wanted = taskPriority(priority);
    return this.change(id, async (task) => {
      if (task.state.priority === wanted) return changed;
      const kept = task.tell({ kind: "priority", priority: wanted });
      // They come back at once and are handed over again with the new priority.
      session.feeder.withdraw(task);
      await kept;
      return changed;
    });
  }

  async forget(id: string): Promise<TaskChange> {
    const session = this.requireSession();
    const task = this.find(id);
    if (task === null) return { kind: "unknown-task" };
    if (!task.isOver) return notNow("It has not ended. Cancel it first.");
    await session.ends.forget(task);
    return changed;
  }

  onChange(listener: (tasks: readonly TaskView[]) => void): () => void {
    return this.pulse.on(() => listener(this.list()));
  }

  onEnd(listener: (task: TaskView) => void): () => void {
    return this.ends.on(listener);
  }

  private async open(): Promise<void> {
    if (this.session?.isOpen === true) return;
    const session = new TaskSession(this.parts, {
      changed: () => this.pulse.changed(),
      ended: (task, view) => this.ended(task, view),
    });
    await session.start(() => (this.session = session));
    for (const task of session.tasks.values()) this.order = Math.max(this.order, task.state.meta.order);
  }

  private async createNew(items: TaskItems, options: TaskOptions): Promise<string> {
    const session = this.requireSession();
    this.order += 1;
    const meta = await session.during(createTask(items, options, this.order, { ...this.parts, files: session.files }));
    const task = session.add(meta);
    task.onDone = options.onDone ?? null;
    session.refresh(task);
    session.feeder.pump();
    return meta.id;
  }

  /** The task that one with this key would only repeat. */
  private sameAs(key: string, joinEnded: boolean): Task | null {
    const { clock, settings } = this.parts;
    let newest: Task | null = null;
    for (const task of this.requireSession().tasks.values()) if (task.state.meta.dedupeKey === key && task.state.cancelledAt === null) newest = task;
    const endedAt = newest?.state.endedAt ?? null;
    // Either way: one that ended by a clock which has been put back would stand in the way for as long as it was ahead.
    return endedAt !== null && (!joinEnded || Math.abs(clock.now() - endedAt) >= settings.dedupeMs) ? null : newest;
  }

  private async cancelOne(session: TaskSession, task: Task): Promise<TaskChange> {
    if (task.state.cancelledAt !== null) return changed;
    const kept = task.tell({ kind: "cancelled", at: this.parts.clock.now() });
    session.feeder.withdrawAll(task);
    await kept;
    return changed;
  }

  private async change(id: string, work: (task: Task) => Promise<TaskChange>): Promise<TaskChange> {
    const task = this.find(id);
    if (task === null) return { kind: "unknown-task" };
    return task.isOver ? notNow("It has ended.") : work(task);
  }

  private ended(task: Task, view: TaskView): void {
    const { onDone } = task;
    task.onDone = null;
    try {
      onDone?.(view);
    } catch (error) {
      this.parts.logger.error(`What was to follow a task's end failed: ${reasonOf(error)}`);
    }
    this.ends.emit(view);
  }

  private find(id: string): Task | null {
    return this.session?.tasks.get(id) ?? null;
  }

  private requireSession(): TaskSession {
    const { session } = this;
    if (session?.isOpen !== true) throw new TasksStopped();
    return session;
  }
}

function failedOf({ state }: Task, items: readonly number[] | undefined): readonly number[] {
  if (items === undefined) return [...state.items.where("failed")];
  const chosen = [...new Set(items)].filter((item) => state.items.has(item) && state.items.statusOf(item) === "failed");
  return chosen.sort((a, b) => a - b);
}
