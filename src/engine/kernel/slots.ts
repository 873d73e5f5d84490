import pLimit from "p-limit";

/** A gate that lets at most `limit` pieces of work run at once. The limit may change while work is running. */
export interface Slots {
  readonly limit: number;
  readonly running: number;
  readonly waiting: number;
  setLimit(limit: number): void;
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createSlots(limit: number): Slots {
  const gate = pLimit(checked(limit));
  return {
    get limit() {
      return gate.concurrency;
    },
    get running() {
      return gate.activeCount;
    },
    get waiting() {
      return gate.pendingCount;
    },
    setLimit(next) {
      gate.concurrency = checked(next);
    },
    run: (work) => gate(work),
  };
}

function checked(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`expected a whole limit of at least 1, got ${limit}`);
  return limit;
}
