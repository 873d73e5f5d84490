import type { StoreFailure } from "../../graph/port";
import type { AttemptOutcome } from "./attempt";
import { bisect, type Refused } from "./bisect";
import { canary, type Proof } from "./canary";
import { subjectOf, type ParcelItem } from "./parcel";
import { backoffMs, localBackoff, nextStep, suspectRule, type RetryLimits, type RetryStep } from "../policy/retry";

/** What the end of a batch means for its store. */
export type Verdict =
  | { readonly kind: "done" }
  | { readonly kind: "aborted" }
  /** `systemic`: so many events were refused, for reasons that are not certain, that none is to blame. */
  | { readonly kind: "away"; readonly failure: StoreFailure; readonly systemic: boolean }
  /** Nothing leaves for a while: the store asked for it, or something on this device is in the way. */
  | { readonly kind: "hold"; readonly delayMs: number }
  | { readonly kind: "smaller"; readonly failure: StoreFailure; readonly items: number }
  | { readonly kind: "stop"; readonly failure: StoreFailure; readonly systemic: boolean };

/** Where the items of a batch are in the end: each in one of the three. */
export interface TripEnd {
  readonly stored: readonly ParcelItem[];
  readonly dead: readonly ParcelItem[];
  /** In their order, to be put back. */
  readonly back: readonly ParcelItem[];
  /** Suspects among `back`, at most one of a key: each is tried alone after a wait, and its key waits for it. */
  readonly apart: readonly ParcelItem[];
  readonly verdict: Verdict;
}

export interface TripTools {
  write(items: readonly ParcelItem[]): Promise<AttemptOutcome>;
  pause(ms: number): Promise<"elapsed" | "aborted">;
  chance(): number;
  retry(): RetryLimits;
  /** Hears of items as soon as they are stored. */
  stored(items: readonly ParcelItem[]): void;
  /** Makes a dead letter. False when sending stopped before it was kept. */
  bury(item: ParcelItem, failure: StoreFailure): Promise<boolean>;
  /** True when something else about the same subject was buried after all doubt. */
  isGuilty(item: ParcelItem): boolean;
  /** The same items are written once more. */
  again(items: readonly ParcelItem[]): void;
  /** Writers get in each other's way. */
  contended(): void;
  /** Refusals for load in a row, of the whole store, this one included. */
  throttled(): number;
  /** Troubles of this device in a row, this one included. */
  localTroubles(): number;
  mode(): "careful" | "patient";
}

/** Contention failures of one batch after which fewer batches run at once. */
const CONTENDED_AFTER = 2;

/** Brings one batch from the outcome of its first write to its end, through retries and the search. */
export async function bringHome(
  items: readonly ParcelItem[],
  first: AttemptOutcome,
  tools: TripTools,
): Promise<TripEnd> {
  const failures = new Map<StoreFailure["class"], number>();
  let outcome = first;
  for (;;) {
    if (outcome.kind === "stored") {
      tools.stored(items);
      return { stored: items, dead: [], back: [], apart: [], verdict: { kind: "done" } };
    }
    if (outcome.kind === "aborted") return allBack(items, { kind: "aborted" });
    if (outcome.kind === "local") return allBack(items, localHold(tools));
    const { class: of } = outcome;
    const count = of === "throttled" ? tools.throttled() : (failures.get(of) ?? 0) + 1;
    failures.set(of, count);
    if (of === "contention" && count === CONTENDED_AFTER) tools.contended();
    const suspect = of === "unknown" ? suspectAlone(items) : null;
    if (suspect !== null) return tryProof(suspect, outcome, tools);
    const step = nextStep(outcome, count, () => tools.chance(), tools.retry());
    if (step.kind !== "again") return end(items, outcome, step, tools);
    if ((await tools.pause(step.delayMs)) === "aborted") return allBack(items, { kind: "aborted" });
    tools.again(items);
    outcome = await tools.write(items);
  }
}

async function end(
  items: readonly ParcelItem[],
  failure: StoreFailure,
  step: Exclude<RetryStep, { kind: "again" }>,
  tools: TripTools,
): Promise<TripEnd> {
  switch (step.kind) {
    case "put-back":
      return allBack(items, { kind: "away", failure, systemic: false });
    case "hold":
      return allBack(items, { kind: "hold", delayMs: step.delayMs });
    case "stop":
      return allBack(items, { kind: "stop", failure, systemic: false });
    case "smaller":
      if (items.length > 1) return allBack(items, { kind: "smaller", failure, items: items.length });
      return find(items, failure, tools);
    case "find":
      return find(items, failure, tools);
  }
}

/** The item of a batch that is there to try one suspect again. */
function suspectAlone(items: readonly ParcelItem[]): ParcelItem | null {
  const [item] = items;
  return items.length === 1 && item !== undefined && item.value.suspicion !== null ? item : null;
}

/** A suspect failed once more. That counts when the store does its work right behind it. */
async function tryProof(item: ParcelItem, failure: StoreFailure, tools: TripTools): Promise<TripEnd> {
  const proof = await canary((none) => tools.write(none));
  if (proof.kind !== "works") return allBack([item], withoutProof(proof, tools));
  return settled([item], { stored: [], refused: [], suspected: [{ item, failure }] }, tools);
}

async function find(items: readonly ParcelItem[], first: StoreFailure, tools: TripTools): Promise<TripEnd> {
  const stored = new Set<ParcelItem>();
  const found = await bisect(items, first, {
    write: (part) => tools.write(part),
    keyOf: (item) => item.key.name,
    subjectOf,
    isGuilty: (item) => tools.isGuilty(item),
    mode: tools.mode(),
    stored: (part) => {
      for (const item of part) stored.add(item);
      tools.stored(part);
    },
  });
  const kept = items.filter((item) => stored.has(item));
  const undecided = (verdict: Verdict): TripEnd => ({ stored: kept, dead: [], back: found.rest, apart: [], verdict });
  switch (found.end) {
    case "found":
    case "spent":
      return settled(items, { ...found, stored: kept }, tools);
    case "systemic":
      return undecided(systemic(found.failure ?? first));
    case "aborted":
      return undecided({ kind: "aborted" });
    case "local":
      return undecided(localHold(tools));
    case "stopped":
      return undecided(verdictOn(found.failure ?? first, tools));
  }
}

interface Findings {
  readonly stored: readonly ParcelItem[];
  readonly refused: readonly Refused<ParcelItem>[];
  readonly suspected: readonly Refused<ParcelItem>[];
}

/** Makes dead letters of what is refused for good; everything that is then neither stored nor dead goes back. */
async function settled(items: readonly ParcelItem[], findings: Findings, tools: TripTools): Promise<TripEnd> {
  const { stored, refused, suspected } = findings;
  for (const { item, failure } of suspected)
    item.value.suspicion = { failures: (item.value.suspicion?.failures ?? 0) + 1, failure };
  const guilty = suspected.filter(({ item }) => (item.value.suspicion?.failures ?? 0) >= suspectRule.failures);
  const dead: ParcelItem[] = [];
  for (const { item, failure } of [...refused, ...guilty]) {
    if (!(await tools.bury(item, failure))) break;
    dead.push(item);
  }
  const gone = new Set([...stored, ...dead]);
  const apart = suspected.map(({ item }) => item).filter((item) => !gone.has(item));
  const all = dead.length === refused.length + guilty.length;
  return {
    stored,
    dead,
    back: items.filter((item) => !gone.has(item)),
    apart: all ? apart : [],
    verdict: { kind: all ? "done" : "aborted" },
  };
}

function withoutProof(proof: Exclude<Proof, { kind: "works" }>, tools: TripTools): Verdict {
  if (proof.kind === "failed") return verdictOn(proof, tools);
  return proof.kind === "local" ? localHold(tools) : { kind: "aborted" };
}

/** A search that ended early for a reason that is not in the events. */
function verdictOn(failure: StoreFailure, tools: TripTools): Verdict {
  const count = failure.class === "throttled" ? tools.throttled() : 1;
  const step = nextStep(failure, count, () => tools.chance());
  if (step.kind === "hold") return { kind: "hold", delayMs: step.delayMs };
  if (step.kind === "stop") return { kind: "stop", failure, systemic: false };
  return { kind: "away", failure, systemic: false };
}

function localHold(tools: TripTools): Verdict {
  return { kind: "hold", delayMs: backoffMs(localBackoff, tools.localTroubles(), () => tools.chance()) };
}

// A reason that is not certain may pass by itself, so nobody has to act for the store to be tried again.
function systemic(failure: StoreFailure): Verdict {
  const advice = "The store refuses so many events that they are hardly to blame. Try again to set them aside.";
  const message = `${advice} ${failure.message}`;
  if (failure.class === "unknown") return { kind: "away", failure: { ...failure, message }, systemic: true };
  return { kind: "stop", failure: { ...failure, class: "query", message }, systemic: true };
}

function allBack(items: readonly ParcelItem[], verdict: Verdict): TripEnd {
  return { stored: [], dead: [], back: items, apart: [], verdict };
}
