import type { JsonValue } from "../kernel/json";
import type { FailureClass } from "../graph/port";

export interface ItemError {
  readonly class: FailureClass;
  readonly code: string;
  /** One plain sentence, without note text and secrets. */
  readonly message: string;
}

interface Ended {
  /** The item's position in the task, from 0. */
  readonly item: number;
  readonly domain: string;
  /** Runs so far, those before a restart included. */
  readonly attempts: number;
  /** Milliseconds from its creation, or from the retry that a person asked for, to its last start. */
  readonly waitMs: number;
  /** Milliseconds of its runs. */
  readonly runMs: number;
  /** Epoch milliseconds of its end. */
  readonly at: number;
}

/** One line of a task's results. An item that a person retries has a later line, which counts. */
export type ItemResult =
  | (Ended & { readonly status: "done"; readonly value: JsonValue })
  | (Ended & { readonly status: "failed"; readonly error: ItemError })
  | (Ended & { readonly status: "cancelled" });
