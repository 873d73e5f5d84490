import type { LearningEvent } from "../learning/event";
import type { AppendCall } from "./appendQueue";

export interface PlacedCall {
  readonly call: AppendCall;
  readonly events: readonly LearningEvent[];
  /** Number of lines in the group up to the end of this call. */
  readonly end: number;
}

export interface EncodedCall {
  /** What the call resolves with. */
  readonly placed: readonly LearningEvent[];
  /** Those of them that are not in the journal yet, and their lines. */
  readonly fresh: readonly LearningEvent[];
  readonly lines: readonly string[];
}

/** Calls whose lines leave together. */
export interface Group {
  readonly calls: readonly PlacedCall[];
  /** The event of each line. */
  readonly events: readonly LearningEvent[];
  readonly lines: readonly string[];
}
