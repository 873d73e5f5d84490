import type { ItemRun, ItemRunner, ItemRunOptions } from "../../src/engine/tasks/itemRunner";

type End = Awaited<ReturnType<ItemRunner["submitAll"]>>[number];

interface Waiting {
  readonly run: ItemRun;
  readonly options: ItemRunOptions;
  readonly resolve: (end: End) => void;
}

const order = ["CRITICAL", "HIGH", "NORMAL", "LOW"];

/** Runs items by priority and then in the order of their submission, one at a time for each key, so many at once. */
export class MemoryItemRunner implements ItemRunner {
  /** While set, every item is refused. */
  refusing: "queue-full" | "stopped" | null = null;
  /** Why items of a domain would not run, by domain. */
  readonly troubles = new Map<string, string>();
  /** How often an item that fails with class `unavailable` runs in all. */
  runs = 1;
  /** The most that waited at once. */
  mostWaiting = 0;
  private readonly waiting: Waiting[] = [];
  private readonly keys = new Set<string>();
  private running = 0;
  private pumping = false;

  constructor(public concurrency = 4) {}

  submitAll(runs: readonly ItemRun[], options: ItemRunOptions): Promise<readonly End[]> {
    return Promise.all(runs.map((run) => this.submit(run, options)));
  }

  troubleOf(domain: string): string | null {
    return this.troubles.get(domain) ?? null;
  }

  private submit(run: ItemRun, options: ItemRunOptions): Promise<End> {
    if (this.refusing !== null) return Promise.resolve({ kind: "refused", reason: this.refusing });
    if (options.signal?.aborted === true) return Promise.resolve({ kind: "cancelled", started: false });
    return new Promise((resolve) => {
      const waiting: Waiting = { run, options, resolve };
      this.waiting.push(waiting);
      this.mostWaiting = Math.max(this.mostWaiting, this.waiting.length);
      options.signal?.onAbort(() => {
        const at = this.waiting.indexOf(waiting);
        if (at < 0) return;
        this.waiting.splice(at, 1);
        resolve({ kind: "cancelled", started: false });
      });
      this.pump();
    });
  }

  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    void Promise.resolve().then(() => {
      this.pumping = false;
      for (let next = this.take(); next !== null; next = this.take()) void this.work(next);
    });
  }

  private take(): Waiting | null {
    if (this.running >= this.concurrency) return null;
    const free = this.waiting.filter(({ options }) => options.key === undefined || !this.keys.has(options.key));
    const rank = ({ options }: Waiting): number => order.indexOf(options.priority ?? "NORMAL");
    const best = free.reduce<Waiting | null>((found, one) => (found === null || rank(one) < rank(found) ? one : found), null);
    if (best === null) return null;
    this.waiting.splice(this.waiting.indexOf(best), 1);
    this.running += 1;
    if (best.options.key !== undefined) this.keys.add(best.options.key);
    return best;
  }

  private async work({ run, options, resolve }: Waiting): Promise<void> {
    const { key, signal } = options;
    let free = (): void => {
      free = () => undefined;
      this.running -= 1;
      if (key !== undefined) this.keys.delete(key);
      this.pump();
    };
    signal?.onAbort(() => {
      free();
      resolve({ kind: "cancelled", started: true });
    });
    const own = signal ?? { aborted: false, onAbort: () => () => undefined };
    for (let attempts = 1; ; attempts += 1) {
      const answer = await run.run(own);
      if (own.aborted) return;
      if (answer.kind === "failed" && answer.class === "unavailable" && attempts < this.runs) continue;
      free();
      const times = { attempts, waitMs: 0, runMs: 0 };
      resolve(answer.kind === "done" ? { kind: "done", value: answer.value, ...times } : { kind: "failed", failure: answer, ...times });
      return;
    }
  }
}
