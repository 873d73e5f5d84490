import type { TargetState } from "../../batch/target";
import type { StoreState, StoreStatus } from "../status/status";

/** What a dispatcher's state means for a person. */
export function storeStatus(target: TargetState, counts: Pick<StoreStatus, "sent" | "pending" | "dead">): StoreStatus {
  return { state: stateOf(target, counts.pending), message: messageOf(target), ...counts };
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
