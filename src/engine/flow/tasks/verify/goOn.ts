import type { Signal } from "../../../kernel/signal";
import { TaskFailure } from "../../../tasks/taskFailure";

/** Throws where nobody wants the rest any more. */
export function goOn(signal: Signal): void {
  if (signal.aborted) throw new TaskFailure("unavailable", "stopped", "The comparison was stopped before its end.");
}
