import type { CreatedTask, PageRequest, ResultPage, TaskChange, TaskItems, TaskItemResult, TaskItemView, TaskOptions, Tasks, TaskView } from "../../src/engine/index";

const changed: TaskChange = { kind: "changed" };

export function taskView(overrides: Partial<TaskView> = {}): TaskView {
  return {
    id: "t1",
    kind: "index",
    title: "Index the vault",
    subject: null,
    status: "running",
    priority: "NORMAL",
    priorityReason: null,
    counts: { total: 10, waiting: 5, running: 1, done: 4, failed: 0, cancelled: 0 },
    progress: 0.4,
    eta: null,
    itemsPerSecond: null,
    createdAt: 1_000,
    startedAt: 1_100,
    endedAt: null,
    lastError: null,
    waitsFor: null,
    schedule: null,
    ...overrides,
  };
}

/** Tasks that run nothing and remember what they were asked, for tests of what drives them. */
export class FakeTasks implements Tasks {
  /** What was called, in order, such as `pause t1`. */
  readonly calls: string[] = [];
  readonly made: { readonly items: TaskItems; readonly options: TaskOptions }[] = [];
  views: readonly TaskView[] = [];
  lines: readonly TaskItemResult[] = [];
  answer: TaskChange = changed;
  private readonly listeners = new Set<(tasks: readonly TaskView[]) => void>();
  private readonly endListeners = new Set<(task: TaskView) => void>();

  become(views: readonly TaskView[]): void {
    this.views = views;
    for (const listener of this.listeners) listener(views);
  }

  /** The newest task ends like this. */
  end(view: TaskView): void {
    this.made.at(-1)?.options.onDone?.(view);
    for (const listener of this.endListeners) listener(view);
  }

  async create(items: TaskItems, options: TaskOptions): Promise<CreatedTask> {
    this.made.push({ items, options });
    return { kind: "created", id: `t${this.made.length}` };
  }

  list(): readonly TaskView[] {
    return this.views;
  }

  status(id: string): TaskView | null {
    return this.views.find((view) => view.id === id) ?? null;
  }

  async items(): Promise<readonly TaskItemView[]> {
    return [];
  }

  async *results(): AsyncIterable<TaskItemResult> {
    yield* this.lines;
  }

  async resultPage(_: string, { from, limit }: PageRequest): Promise<ResultPage> {
    return { lines: this.lines.slice(from, from + limit), next: from + limit < this.lines.length ? from + limit : null };
  }

  pause(which: Parameters<Tasks["pause"]>[0]): Promise<TaskChange> {
    return this.note("pause", which);
  }

  resume(which: Parameters<Tasks["resume"]>[0]): Promise<TaskChange> {
    return this.note("resume", which);
  }

  cancel(which: Parameters<Tasks["cancel"]>[0]): Promise<TaskChange> {
    return this.note("cancel", which);
  }

  retryFailed(id: string): Promise<TaskChange> {
    return this.note("retryFailed", { id });
  }

  setPriority(id: string): Promise<TaskChange> {
    return this.note("setPriority", { id });
  }

  forget(id: string): Promise<TaskChange> {
    return this.note("forget", { id });
  }

  onChange(listener: (tasks: readonly TaskView[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onEnd(listener: (task: TaskView) => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  private async note(call: string, which: Parameters<Tasks["pause"]>[0]): Promise<TaskChange> {
    this.calls.push(`${call} ${which === "all" ? "all" : which.id}`);
    return this.answer;
  }
}
