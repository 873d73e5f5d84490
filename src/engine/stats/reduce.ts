import type { FileProblem } from "../canvas/document";
import type { JournalState } from "../journal/journalState";
import type { Fact } from "./fact";
import { reduceStore, storeStatsAnew } from "./reduceStore";
import type { StoreFact } from "./storeFact";
import { emptyStoreStats, type StoreStats } from "./storeStats";

/** Everything that is counted or shown: one immutable value, made of facts by `reduce` alone. */
export interface Stats {
  /** Since the start of this run, or since the figures were reset. */
  readonly journal: {
    readonly state: JournalState;
    readonly recorded: number;
    readonly duplicates: number;
    readonly invalid: number;
  };
  /** What is wrong with files now, the oldest first. */
  readonly problems: readonly FileProblem[];
  /** By the name of the store. */
  readonly stores: ReadonlyMap<string, StoreStats>;
}

export const emptyStats: Stats = {
  journal: { state: { kind: "ok" }, recorded: 0, duplicates: 0, invalid: 0 },
  problems: [],
  stores: new Map(),
};

export function reduce(stats: Stats, fact: Fact): Stats {
  const { journal, problems } = stats;
  switch (fact.kind) {
    case "recorded":
      return { ...stats, journal: { ...journal, recorded: journal.recorded + fact.count } };
    case "duplicate":
      return { ...stats, journal: { ...journal, duplicates: journal.duplicates + fact.count } };
    case "invalid":
      return { ...stats, journal: { ...journal, invalid: journal.invalid + fact.count } };
    case "journal":
      return { ...stats, journal: { ...journal, state: fact.state } };
    case "problem":
      return { ...stats, problems: [...problems.filter((one) => !sameProblem(one, fact.problem)), fact.problem] };
    case "problem-cleared":
      return { ...stats, problems: problems.filter((one) => one.path !== fact.path) };
    case "reset": {
      const stores = new Map([...stats.stores].map(([name, store]) => [name, storeStatsAnew(store, fact.at)]));
      return { ...stats, journal: { ...emptyStats.journal, state: journal.state }, stores };
    }
    default:
      return withStore(stats, fact);
  }
}

function withStore(stats: Stats, fact: StoreFact): Stats {
  const before = stats.stores.get(fact.store) ?? emptyStoreStats;
  return { ...stats, stores: new Map(stats.stores).set(fact.store, reduceStore(before, fact)) };
}

function sameProblem(a: FileProblem, b: FileProblem): boolean {
  return a.path === b.path && a.line === b.line && a.column === b.column && a.reason === b.reason;
}
