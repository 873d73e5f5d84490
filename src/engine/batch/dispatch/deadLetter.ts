import type { FailureClass } from "../../graph/port";
import type { LearningEvent } from "../../learning/event";

/** An event that a store refused, whole, with the reason. It is kept until a person retries or discards it. */
export interface DeadLetter {
  /** The name of the store. */
  readonly store: string;
  readonly event: LearningEvent;
  readonly class: FailureClass;
  readonly code: string;
  /** One plain sentence for a person. */
  readonly message: string;
  /** Writes that this event took part in. */
  readonly attempts: number;
  /** Epoch milliseconds of the first attempt and of the refusal. */
  readonly firstAt: number;
  readonly lastAt: number;
}
