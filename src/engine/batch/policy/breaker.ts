/** Milliseconds, but for `failures`: so many within the window open the breaker. */
export interface BreakerLimits {
  readonly windowMs: number;
  readonly failures: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

export const breakerLimits: BreakerLimits = { windowMs: 30_000, failures: 3, firstWaitMs: 2_000, longestWaitMs: 60_000 };

/**
 * Whether a store is asked at all. Times are monotonic milliseconds. `streak` counts the openings since a write last
 * succeeded: the waits are 2, 4, 8 … 60 s, as the limits say.
 * - `closed`: everything goes. `failures` are the times of failures that may add up.
 * - `open`: nothing goes until `until`.
 * - `half-open`: one probe goes, a connection and one batch.
 */
export type Breaker =
  | { readonly kind: "closed"; readonly failures: readonly number[]; readonly streak: number }
  | { readonly kind: "open"; readonly until: number; readonly streak: number }
  | { readonly kind: "half-open"; readonly streak: number };

export type BreakerEvent =
  /** `certain`: the store is away beyond doubt, such as a refused connection or a passed deadline. */
  | { readonly kind: "failed"; readonly certain: boolean; readonly waitMs?: number }
  | { readonly kind: "succeeded" }
  | { readonly kind: "probe" };

export const closedBreaker: Breaker = { kind: "closed", failures: [], streak: 0 };

export function breakerAfter(breaker: Breaker, event: BreakerEvent, now: number, limits: BreakerLimits = breakerLimits): Breaker {
  switch (event.kind) {
    case "succeeded":
      return breaker.kind === "closed" && breaker.failures.length === 0 && breaker.streak === 0
        ? breaker
        : closedBreaker;
    case "probe":
      return { kind: "half-open", streak: breaker.streak };
    case "failed":
      return failed(breaker, event, now, limits);
  }
}

function failed(breaker: Breaker, event: Extract<BreakerEvent, { kind: "failed" }>, now: number, limits: BreakerLimits): Breaker {
  if (breaker.kind === "open") return breaker;
  if (breaker.kind === "half-open" || event.certain) return open(breaker.streak, event.waitMs, now, limits);
  const failures = [...breaker.failures.filter((at) => now - at < limits.windowMs), now];
  return failures.length >= limits.failures ? open(breaker.streak, event.waitMs, now, limits) : { ...breaker, failures };
}

function open(streak: number, waitMs: number | undefined, now: number, { firstWaitMs, longestWaitMs }: BreakerLimits): Breaker {
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(streak, 10));
  return { kind: "open", until: now + Math.max(wait, waitMs ?? 0), streak: streak + 1 };
}
