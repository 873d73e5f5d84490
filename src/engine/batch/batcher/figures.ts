import { emptyHistogram, withRuns, type Histogram } from "../../kernel/histogram";
import type { StoreFailure } from "../../graph/port";
import type { Breaker } from "../policy/breaker";
import type { ItemCounts } from "../policy/itemCounts";
import type { BatchEnded, BatcherFact, LevelCounts } from "./batcherFact";

/** How the breaker of one domain stood. Milliseconds. */
export interface BreakerFigures {
  readonly state: Breaker["kind"];
  readonly opens: number;
  /** How long it has been open, without the time since `since`. */
  readonly openMs: number;
  /** Since when it has not been closed (monotonic); null while it is. */
  readonly since: number | null;
  readonly probes: number;
}

/** Everything that is known of a batcher's past, in bounded memory. Its counts balance after every fact. */
export interface Figures {
  readonly counts: ItemCounts;
  readonly duplicates: number;
  readonly refused: number;
  readonly retried: number;
  /** Who waited for an item that did not start within its deadline. */
  readonly timeouts: number;
  readonly batches: number;
  /** Items of all batches, each time they travelled. */
  readonly travelled: number;
  readonly failedWrites: number;
  readonly levels: LevelCounts;
  readonly wait: Histogram;
  readonly batch: Histogram;
  readonly endToEnd: Histogram;
  readonly breakers: ReadonlyMap<string, BreakerFigures>;
  readonly lastFailure: StoreFailure | null;
}

const noCounts: ItemCounts = { accepted: 0, stored: 0, deferred: 0, dead: 0, waiting: 0, inFlight: 0, cancelled: 0 };

export const noFigures: Figures = {
  counts: noCounts,
  duplicates: 0,
  refused: 0,
  retried: 0,
  timeouts: 0,
  batches: 0,
  travelled: 0,
  failedWrites: 0,
  levels: [0, 0, 0, 0],
  wait: emptyHistogram,
  batch: emptyHistogram,
  endToEnd: emptyHistogram,
  breakers: new Map(),
  lastFailure: null,
};

export const calmBreaker: BreakerFigures = { state: "closed", opens: 0, openMs: 0, since: null, probes: 0 };

/** The same batcher with nothing behind it: what has not ended stays counted, and breakers stay as they stand. */
export function resetFigures({ counts, breakers }: Figures, now: number): Figures {
  const { waiting, deferred, inFlight } = counts;
  const standing = [...breakers].filter(([, { since }]) => since !== null);
  return {
    ...noFigures,
    counts: { ...noCounts, waiting, deferred, inFlight, accepted: waiting + deferred + inFlight },
    breakers: new Map(standing.map(([domain, { state }]) => [domain, { ...calmBreaker, state, since: now }])),
  };
}

export function figuresAfter(figures: Figures, fact: BatcherFact): Figures {
  const { counts } = figures;
  switch (fact.kind) {
    case "submitted": {
      const waiting = counts.waiting + fact.accepted - fact.deferred;
      const deferred = counts.deferred + fact.deferred;
      return {
        ...figures,
        counts: { ...counts, accepted: counts.accepted + fact.accepted, waiting, deferred },
        duplicates: figures.duplicates + fact.duplicates,
        refused: figures.refused + fact.refused,
      };
    }
    case "returned":
      return { ...figures, counts: moved(counts, "deferred", "waiting", fact.count) };
    case "withdrawn": {
      const { accepted, deferred } = counts;
      const left = { ...counts, accepted: accepted - fact.count, deferred: deferred - fact.count };
      return { ...figures, counts: left, refused: figures.refused + fact.count };
    }
    case "batch-started":
      return {
        ...figures,
        counts: moved(counts, "waiting", "inFlight", fact.items),
        retried: figures.retried + fact.retried,
        wait: withRuns(figures.wait, fact.waits),
      };
    case "batch-ended":
      return batchEnded(figures, fact);
    case "left": {
      const to = fact.why === "dead" ? "dead" : "cancelled";
      const timeouts = figures.timeouts + (fact.why === "timed-out" ? fact.count : 0);
      return { ...figures, timeouts, counts: fact.from === null ? counts : moved(counts, fact.from, to, fact.count) };
    }
    case "breaker":
      return { ...figures, breakers: breakersAfter(figures.breakers, fact) };
    case "write-failed":
      return { ...figures, failedWrites: figures.failedWrites + 1, lastFailure: fact.failure };
  }
}

function batchEnded(figures: Figures, fact: BatchEnded): Figures {
  const { counts } = figures;
  return {
    ...figures,
    counts: {
      ...counts,
      inFlight: counts.inFlight - fact.stored - fact.dead - fact.returned,
      stored: counts.stored + fact.stored,
      dead: counts.dead + fact.dead,
      waiting: counts.waiting + fact.returned,
    },
    batches: figures.batches + 1,
    travelled: figures.travelled + fact.items,
    levels: summed(figures.levels, fact.levels),
    batch: withRuns(figures.batch, [{ ms: fact.ms, count: 1 }]),
    endToEnd: withRuns(figures.endToEnd, fact.latencies),
  };
}

function moved(counts: ItemCounts, from: keyof ItemCounts, to: keyof ItemCounts, count: number): ItemCounts {
  const after: Record<keyof ItemCounts, number> = { ...counts };
  after[from] -= count;
  after[to] += count;
  return after;
}

function summed(a: LevelCounts, b: LevelCounts): LevelCounts {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
}

function breakersAfter(
  breakers: Figures["breakers"],
  { domain, state, at }: Extract<BatcherFact, { kind: "breaker" }>,
): Figures["breakers"] {
  const before = breakers.get(domain) ?? calmBreaker;
  return new Map(breakers).set(domain, {
    state,
    opens: before.opens + (state === "open" ? 1 : 0),
    openMs: before.openMs + (state === "closed" && before.since !== null ? Math.max(0, at - before.since) : 0),
    since: state === "closed" ? null : (before.since ?? at),
    probes: before.probes + (state === "half-open" ? 1 : 0),
  });
}
