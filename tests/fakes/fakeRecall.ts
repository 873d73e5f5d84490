import type { DueList, Movement, PastState, Recall, TimelinePage } from "../../src/engine/index";

/** Answers that a test sets, and the queries in their order. While `held` is set, answers wait until `release`. */
export class FakeRecall implements Recall {
  readonly asked: string[] = [];
  movementIs: Movement = { days: [], canvases: [], moved: 0, complete: true };
  timelineIs: TimelinePage = { entries: [], more: false, complete: true };
  pastIs: PastState = { kind: "unknown", since: null };
  dueIs: DueList = { items: [], total: 0, complete: true };
  private readonly grown = new Set<() => void>();
  failure: Error | null = null;
  private waiting: (() => void)[] = [];
  held = false;

  release(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const go of waiting) go();
  }

  movement(query: object): Promise<Movement> {
    return this.answer("movement", query, () => this.movementIs);
  }

  timeline(query: object): Promise<TimelinePage> {
    return this.answer("timeline", query, () => this.timelineIs);
  }

  daySpan(day: string): { readonly first: number; readonly last: number } {
    const first = Date.parse(`${day}T00:00:00Z`);
    return { first, last: first + 86_400_000 - 1 };
  }

  asItWas(query: object): Promise<PastState> {
    return this.answer("asItWas", query, () => this.pastIs);
  }

  due(query: object): Promise<DueList> {
    return this.answer("due", query, () => this.dueIs);
  }

  onGrown(listener: () => void): () => void {
    this.grown.add(listener);
    return () => void this.grown.delete(listener);
  }

  grow(): void {
    for (const listener of this.grown) listener();
  }

  private async answer<T>(name: string, query: object, value: () => T): Promise<T> {
    this.asked.push(`${name} ${JSON.stringify(query)}`);
    const now = value();
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.failure !== null) throw this.failure;
    return now;
  }
}
