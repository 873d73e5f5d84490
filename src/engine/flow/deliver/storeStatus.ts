import type { StoreFailure } from "../../graph/port";
import type { TargetState } from "../../batch/dispatch/target";
import type { StoreState, StoreStatus } from "../status/status";

/** What a dispatcher's state means for a person. `trouble`: why events wait although the store answers. */
export function storeStatus(
  target: TargetState,
  counts: Pick<StoreStatus, "sent" | "pending" | "dead">,
  trouble: StoreFailure | null = null,
): StoreStatus {
  const message = messageOf(target) ?? (counts.pending > 0 ? reasonToWait(target, trouble) : null);
  return { state: stateOf(target, counts.pending), message, ...counts };
}

function reasonToWait(target: TargetState, trouble: StoreFailure | null): string | null {
  return target.kind === "connecting" ? "It has not answered yet." : (trouble?.message ?? null);
}

function stateOf(target: TargetState, pending: number): StoreState {
  switch (target.kind) {
    case "off":
    case "connecting":
      return "pending";
    case "ok":
      return pending > 0 ? "pending" : "ok";
    case "unavailable":
    case "auth":
    case "config":
    case "paused":
      return target.kind;
  }
}

function messageOf(target: TargetState): string | null {
  return "failure" in target ? target.failure.message : null;
}
