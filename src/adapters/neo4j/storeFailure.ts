import type { StoreFailure } from "../../engine/index";
import type { Address } from "./address";
import { failureMessage } from "./failureMessage";
import { classOfReason, type FailureReason } from "./failureReason";

/** How long a server refuses logins after several wrong passwords: 5 seconds, and a little for the clocks. */
const loginPauseMs = 6_000;

export function storeFailure(reason: FailureReason, code: string, address: Address | null): StoreFailure {
  const failure: StoreFailure = {
    kind: "failed",
    class: classOfReason[reason],
    code,
    message: failureMessage(reason, address),
  };
  return reason === "rate-limit" ? { ...failure, retryAfterMs: loginPauseMs } : failure;
}
