import type { StoreFailure } from "../../graph/port";
import { backoffMs, nextStep, type Backoff, type RetryStep } from "../policy/retry";

/** Milliseconds between the attempts of an item that fails by itself: doubled each time, with full jitter. */
export const itemBackoff: Backoff = { leastMs: 0, baseMs: 1_000, mostMs: 60_000 };

/**
 * What follows for an item from a failure.
 * - `again`: the same items after a while; their keys stay held.
 * - `wait`: back to the fronts of their keys until the domain works again. Nobody is to blame.
 * - `hold`: the same, and nothing of the domain leaves before the wait is over.
 * - `smaller`: the same, and batches are half as large from now on.
 * - `stop`: the same, and nothing of the domain leaves until a person acts.
 * - `divide`: the halves one after the other, until it is known which items are to blame.
 * - `dead`: the item has failed for good.
 */
export type Judgement =
  | { readonly kind: "again" | "hold"; readonly delayMs: number }
  | { readonly kind: "wait" | "smaller" | "stop" | "divide" | "dead" };

export interface Trial {
  /** Failures of this class in a row, this one included: of the batch, of the item, and for `throttled` of the domain. */
  readonly failures: number;
  /** Failures that only this item can be to blame for, this one included. 0 while it failed only together with others. */
  readonly blamed: number;
  /** Whether the failure is about this item alone. */
  readonly alone: boolean;
  readonly maxAttempts: number;
}

export function judge(failure: StoreFailure, trial: Trial, chance: () => number): Judgement {
  const step = nextStep(failure, trial.failures, chance);
  switch (step.kind) {
    case "hold":
      return step;
    case "stop":
      return { kind: "stop" };
    case "smaller":
      return { kind: trial.alone ? "dead" : "smaller" };
    case "again":
    case "find":
      if (trial.alone) return judgeAlone(failure, trial, step, chance);
      return step.kind === "again" ? step : { kind: "divide" };
    case "put-back":
      if (failure.class === "unavailable") return { kind: "wait" };
      return trial.alone ? judgeAlone(failure, trial, step, chance) : { kind: "divide" };
  }
}

// Writers that met part soon; whatever else it was may take longer.
function judgeAlone({ class: of }: StoreFailure, { blamed, maxAttempts }: Trial, step: RetryStep, chance: () => number): Judgement {
  if (of === "data" || blamed >= maxAttempts) return { kind: "dead" };
  if (of === "contention" && step.kind === "again") return step;
  return { kind: "again", delayMs: backoffMs(itemBackoff, blamed, chance) };
}
