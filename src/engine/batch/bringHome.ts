import type { StoreFailure } from "../graph/port";
import type { AttemptOutcome } from "./attempt";
import { bisect } from "./bisect";
import { subjectOf, type ParcelItem } from "./parcel";
import { backoffMs, localBackoff, nextStep, pauseBeforeBlame, type RetryStep } from "./retry";

/** What the end of a batch means for its store. */
export type Verdict =
  | { readonly kind: "done" }
  | { readonly kind: "aborted" }
  | { readonly kind: "away"; readonly failure: StoreFailure }
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
  readonly verdict: Verdict;
}

export interface TripTools {
  write(items: readonly ParcelItem[]): Promise<AttemptOutcome>;
  pause(ms: number): Promise<"elapsed" | "aborted">;
  chance(): number;
  /** Hears of items as soon as they are stored. */
  stored(items: readonly ParcelItem[]): void;
  /** Makes a dead letter. False when sending stopped before it was kept. */
  bury(item: ParcelItem, failure: StoreFailure): Promise<boolean>;
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
      return { stored: items, dead: [], back: [], verdict: { kind: "done" } };
    }
    if (outcome.kind === "aborted") return allBack(items, { kind: "aborted" });
    if (outcome.kind === "local") return allBack(items, localHold(tools));
    const { class: of } = outcome;
    const count = of === "throttled" ? tools.throttled() : (failures.get(of) ?? 0) + 1;
    failures.set(of, count);
    if (of === "contention" && count === CONTENDED_AFTER) tools.contended();
    const step = nextStep(outcome, count, () => tools.chance());
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
      return allBack(items, { kind: "away", failure });
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

async function find(items: readonly ParcelItem[], first: StoreFailure, tools: TripTools): Promise<TripEnd> {
  const stored = new Set<ParcelItem>();
  const found = await bisect(items, first, {
    write: (part) => tools.write(part),
    pause: () => tools.pause(pauseBeforeBlame(() => tools.chance())),
    subjectOf,
    mode: tools.mode(),
    stored: (part) => {
      for (const item of part) stored.add(item);
      tools.stored(part);
    },
  });
  const kept = items.filter((item) => stored.has(item));
  switch (found.end) {
    case "found":
    case "spent":
      return buried(items, kept, found.refused, tools);
    case "systemic":
      return {
        stored: kept,
        dead: [],
        back: found.rest,
        verdict: { kind: "stop", failure: systemic(found.failure ?? first), systemic: true },
      };
    case "aborted":
      return { stored: kept, dead: [], back: found.rest, verdict: { kind: "aborted" } };
    case "local":
      return { stored: kept, dead: [], back: found.rest, verdict: localHold(tools) };
    case "stopped":
      return { stored: kept, dead: [], back: found.rest, verdict: verdictOn(found.failure ?? first, tools) };
  }
}

/** Makes dead letters of what is refused; everything that is then neither stored nor dead goes back. */
async function buried(
  items: readonly ParcelItem[],
  stored: readonly ParcelItem[],
  refused: readonly { readonly item: ParcelItem; readonly failure: StoreFailure }[],
  tools: TripTools,
): Promise<TripEnd> {
  const dead: ParcelItem[] = [];
  for (const { item, failure } of refused) {
    if (!(await tools.bury(item, failure))) break;
    dead.push(item);
  }
  const settled = new Set([...stored, ...dead]);
  const verdict: Verdict = dead.length === refused.length ? { kind: "done" } : { kind: "aborted" };
  return { stored, dead, back: items.filter((item) => !settled.has(item)), verdict };
}

/** A search that ended early for a reason that is not in the events. */
function verdictOn(failure: StoreFailure, tools: TripTools): Verdict {
  const count = failure.class === "throttled" ? tools.throttled() : 1;
  const step = nextStep(failure, count, () => tools.chance());
  if (step.kind === "hold") return { kind: "hold", delayMs: step.delayMs };
  return step.kind === "stop" ? { kind: "stop", failure, systemic: false } : { kind: "away", failure };
}

function localHold(tools: TripTools): Verdict {
  return { kind: "hold", delayMs: backoffMs(localBackoff, tools.localTroubles(), () => tools.chance()) };
}

function systemic(failure: StoreFailure): StoreFailure {
  const advice = "The store refuses so many events that they are hardly to blame. Try again to set them aside.";
  return { ...failure, class: "query", message: `${advice} ${failure.message}` };
}

function allBack(items: readonly ParcelItem[], verdict: Verdict): TripEnd {
  return { stored: [], dead: [], back: items, verdict };
}
