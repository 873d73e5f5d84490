import type { StoreFailure } from "../../graph/port";
import type { AttemptOutcome } from "./attempt";

export type Proof = { readonly kind: "works" } | Exclude<AttemptOutcome, { kind: "stored" }>;

/** Whether a store can do its work without any event. What stands in the way of that is no event's fault. */
export async function canary(write: (items: readonly never[]) => Promise<AttemptOutcome>): Promise<Proof> {
  const outcome = await write([]);
  if (outcome.kind === "stored") return { kind: "works" };
  return outcome.kind === "failed" ? withoutBlame(outcome) : outcome;
}

function withoutBlame(failure: StoreFailure): StoreFailure {
  const blames = failure.class === "data" || failure.class === "too-big";
  return blames ? { ...failure, class: "query" } : failure;
}
