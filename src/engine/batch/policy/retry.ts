import type { FailureClass, StoreFailure } from "../../graph/port";

/**
 * What is done about a failed write.
 * - `again`: the same batch, after the backoff. Its keys stay held.
 * - `put-back`: every event back to the front of its key; the breaker decides when the store is tried again.
 * - `hold`: back to the fronts, and nothing leaves until the wait is over.
 * - `smaller`: back to the fronts, and batches are half as large from now on; for a single event as `find`.
 * - `stop`: back to the fronts, and nothing leaves until a person acts.
 * - `find`: the canary first; if the store takes it, halves are tried until the refused events are found.
 */
export type RetryAction = "again" | "put-back" | "hold" | "smaller" | "stop" | "find";

/** Milliseconds: a random wait from `leastMs` up to `baseMs`, then 2 ×, 4 × … of it, at most up to `mostMs`. */
export interface Backoff {
  readonly leastMs: number;
  readonly baseMs: number;
  readonly mostMs: number;
}

export interface RetryRule {
  readonly class: FailureClass;
  /** For people: when this class is met. */
  readonly when: string;
  readonly action: RetryAction;
  /** How often the action is repeated for one batch before `then`; null: for as long as it takes. */
  readonly times: number | null;
  readonly then: RetryAction | null;
  readonly backoff: Backoff | null;
}

/** What a person may say of a batch that another writer was in the way of. */
export interface RetryLimits {
  /** Times that it is written again before it is put back. */
  readonly attempts: number;
  /** Milliseconds of the longest first wait, and of the longest one of all. */
  readonly baseMs: number;
  readonly mostMs: number;
}

export const defaultRetryLimits: RetryLimits = { attempts: 5, baseMs: 100, mostMs: 2_000 };

/** The shortest wait before a batch that met another writer is written again. */
const CONTENTION_LEAST_MS = 50;

/** Every class of failure and what follows from it. The documentation's table is made from this one. */
export const retryTable: readonly RetryRule[] = [
  rule("unavailable", "The store is away or did not answer in time.", "put-back"),
  rule(
    "contention",
    "Another writer was in the way.",
    "again",
    contentionBackoff(defaultRetryLimits),
    defaultRetryLimits.attempts,
    "put-back",
  ),
  rule("throttled", "The store asks to wait; its own wait counts where it names one.", "hold", {
    leastMs: 250,
    baseMs: 1_000,
    mostMs: 60_000,
  }),
  rule("too-big", "The same events in smaller batches can succeed.", "smaller"),
  rule("auth", "The credentials are refused.", "stop"),
  rule("config", "A setting is wrong, such as the database name.", "stop"),
  rule("query", "The statement itself is refused, whatever the events.", "stop"),
  rule("data", "Some of the events are refused.", "find"),
  // Half of a batch may be innocent, so the search begins soon. The patience is for the suspects, see `suspectRule`.
  rule(
    "unknown",
    "None of these is certain.",
    "again",
    { leastMs: 500, baseMs: 1_000, mostMs: 1_000 },
    1,
    "find",
  ),
];

/**
 * An event that fails alone for an unknown reason is a suspect. It is refused for good only after so many such failures
 * with a canary that worked behind each of them, and the waits between them. They must fit into the time that a
 * command which runs once gives a store, or its suspects would never be decided.
 */
export const suspectRule = {
  failures: 3,
  backoff: { leastMs: 2_000, baseMs: 3_000, mostMs: 4_000 },
} as const;

/** Waits after trouble with this device's own files, which no class stands for: it says nothing of the store. */
export const localBackoff: Backoff = { leastMs: 500, baseMs: 1_000, mostMs: 60_000 };

export type RetryStep =
  | { readonly kind: "again"; readonly delayMs: number }
  | { readonly kind: "hold"; readonly delayMs: number }
  | { readonly kind: "put-back" | "smaller" | "stop" | "find" };

/**
 * The step after a failure. `failures` counts the failures of this class so far, this one included: of the batch, and
 * for `throttled` of the store. `chance` gives a number in [0, 1).
 */
export function nextStep(failure: StoreFailure, failures: number, chance: () => number, limits: RetryLimits = defaultRetryLimits): RetryStep {
  const found = limited(ruleFor(failure.class), limits);
  const action = found.times !== null && failures > found.times && found.then !== null ? found.then : found.action;
  if (action === "again") return { kind: "again", delayMs: backoffMs(found.backoff, failures, chance) };
  if (action === "hold") return { kind: "hold", delayMs: askedMs(failure) ?? backoffMs(found.backoff, failures, chance) };
  return { kind: action };
}

// A 0, or a date that has passed by our clock, is no leave to ask again and again without a pause.
function askedMs({ retryAfterMs }: StoreFailure): number | null {
  return retryAfterMs !== undefined && retryAfterMs > 0 ? retryAfterMs : null;
}

/** Exponential with full jitter: a random part of the whole wait, so that many writers do not come back together. */
export function backoffMs(backoff: Backoff | null, failures: number, chance: () => number): number {
  if (backoff === null) return 0;
  const { leastMs, baseMs, mostMs } = backoff;
  const most = Math.min(mostMs, baseMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return Math.round(leastMs + chance() * Math.max(0, most - leastMs));
}

// The other classes ask for a store that is away or overloaded, or search for a guilty event: their times depend on it.
function limited(found: RetryRule, limits: RetryLimits): RetryRule {
  if (found.class !== "contention") return found;
  return { ...found, times: limits.attempts, backoff: contentionBackoff(limits) };
}

function contentionBackoff({ baseMs, mostMs }: RetryLimits): Backoff {
  return { leastMs: Math.min(CONTENTION_LEAST_MS, baseMs, mostMs), baseMs, mostMs };
}

function ruleFor(failure: FailureClass): RetryRule {
  const found = retryTable.find((one) => one.class === failure);
  if (found === undefined) throw new Error(`no retry rule for ${failure}`);
  return found;
}

function rule(
  of: FailureClass,
  when: string,
  action: RetryAction,
  backoff: Backoff | null = null,
  times: number | null = null,
  then: RetryAction | null = null,
): RetryRule {
  return { class: of, when, action, times, then, backoff };
}
