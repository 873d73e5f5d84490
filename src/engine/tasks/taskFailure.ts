import type { FailureClass } from "../graph/port";

/** Thrown by a handler that knows what its failure means. The message is for people and carries no note text and no secret. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";

  constructor(
    /** How it is retried, see docs/retries.md. */
    readonly failureClass: FailureClass,
    /** Short and stable, for programs. */
    readonly code: string,
    message: string,
    /** Milliseconds that whoever refused asks to wait. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
