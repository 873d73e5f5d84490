import type { Cancel, Clock } from "../../kernel/clock";

/** What became of an event within the time. `deferred`: still waiting, and safe in the journal. */
export type SettledAs = "stored" | "dead" | "deferred";

/** What a store made of events within the time. */
export interface Settlement {
  /** By event id. */
  readonly outcomes: ReadonlyMap<string, SettledAs>;
  /** Milliseconds of each batch that carried one of the events, of those among the last few thousand. */
  readonly batchLatenciesMs: readonly number[];
}

/** Events, by id, whose end is known already. */
export type KnownOutcomes = ReadonlyMap<string, "stored" | "dead">;

/** A batch that ended, by its number, and its milliseconds. */
interface Batch {
  readonly batch: number;
  readonly ms: number;
}

interface Waiter {
  readonly missing: Set<string>;
  readonly outcomes: Map<string, SettledAs>;
  readonly batches: Map<number, number>;
  readonly resolve: (settlement: Settlement) => void;
  readonly cancel: Cancel;
}

const REMEMBERED = 4_000;

/** Callers that wait for their events. */
export class Settlements {
  private readonly waiters = new Set<Waiter>();
  /** Which batch carried an event: it can be stored before anybody asks. */
  private recent = new Map<string, Batch>();
  private older = new Map<string, Batch>();

  constructor(
    private readonly clock: Clock,
    private readonly onTimeout: (count: number) => void,
  ) {}

  get waiting(): number {
    return this.waiters.size;
  }

  /** Nobody waits for what is `known`. `giveUp` asks for an answer at once: nothing changes until a person acts. */
  ask(ids: readonly string[], known: KnownOutcomes, deadlineMs: number, giveUp: boolean): Promise<Settlement> {
    const outcomes = new Map<string, SettledAs>(known);
    const missing = new Set(ids.filter((id) => !known.has(id)));
    const batches = this.batchesOf(known.keys());
    if (missing.size === 0 || giveUp) return Promise.resolve(settlementOf({ missing, outcomes, batches }));
    return new Promise((resolve) => {
      const cancel = this.clock.after(deadlineMs, () => {
        this.end(waiter);
        this.onTimeout(waiter.missing.size);
      });
      const waiter: Waiter = { missing, outcomes, batches, resolve, cancel };
      this.waiters.add(waiter);
    });
  }

  settle(ids: readonly string[], as: "stored" | "dead", carrier: Batch): void {
    for (const id of ids) this.remember(id, carrier);
    for (const waiter of [...this.waiters]) {
      for (const id of ids) if (waiter.missing.delete(id)) take(waiter, id, as, carrier);
      if (waiter.missing.size === 0) this.end(waiter);
    }
  }

  /** Answers everybody with what is known. */
  release(): void {
    for (const waiter of [...this.waiters]) this.end(waiter);
  }

  private end(waiter: Waiter): void {
    waiter.cancel();
    this.waiters.delete(waiter);
    waiter.resolve(settlementOf(waiter));
  }

  private batchesOf(ids: Iterable<string>): Map<number, number> {
    const batches = new Map<number, number>();
    for (const id of ids) {
      const carrier = this.recent.get(id) ?? this.older.get(id);
      if (carrier !== undefined) batches.set(carrier.batch, carrier.ms);
    }
    return batches;
  }

  // Two halves in turn: dropping the oldest one by one would walk over the holes of a Map.
  private remember(id: string, carrier: Batch): void {
    if (this.recent.size >= REMEMBERED) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(id, carrier);
  }
}

function take(waiter: Waiter, id: string, as: "stored" | "dead", { batch, ms }: Batch): void {
  waiter.outcomes.set(id, as);
  waiter.batches.set(batch, ms);
}

function settlementOf({ missing, outcomes, batches }: Pick<Waiter, "missing" | "outcomes" | "batches">): Settlement {
  const all = new Map<string, SettledAs>(outcomes);
  for (const id of missing) all.set(id, "deferred");
  return { outcomes: all, batchLatenciesMs: [...batches.values()] };
}
