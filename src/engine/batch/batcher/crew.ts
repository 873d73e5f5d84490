import { workersFor } from "../policy/workers";
import type { BatcherSettings } from "./batcherSettings";
import type { Lag } from "./lag";

export interface CrewParts {
  readonly settings: () => BatcherSettings;
  readonly lag: Pick<Lag, "ms">;
  /** Items that wait and batches that are under way: each may want a slot of its own. */
  readonly demand: () => number;
  /** True while nobody sees the host's window. */
  readonly hidden: () => boolean;
}

/** How many batches may be under way: more as soon as there is work for them, one fewer with the end of a batch. */
export class Crew {
  private count: number;

  constructor(private readonly parts: CrewParts) {
    this.count = parts.settings().leastConcurrency;
  }

  get workers(): number {
    return this.count;
  }

  grow(): void {
    const { leastConcurrency, concurrency } = this.parts.settings();
    this.count = Math.min(concurrency, Math.max(leastConcurrency, this.count));
    for (let more = this.next(); more > this.count; more = this.next()) this.count = more;
  }

  shrink(): void {
    this.count = Math.min(this.count, this.next());
  }

  private next(): number {
    const { settings, lag, demand, hidden } = this.parts;
    const { leastConcurrency: min, concurrency: max } = settings();
    // The policy wants one worker for each two that wait.
    return workersFor({ workers: this.count, min, max, waiting: 2 * demand(), lagMs: lag.ms, hidden: hidden() });
  }
}
