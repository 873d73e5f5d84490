import type { LearningEvent } from "../../learning/event";

/** What the journals still owe one store. `C` is a place in them, opaque to the reader. */
export interface PendingSource<C> {
  /**
   * Up to `limit` events after the cursor that are neither acknowledged nor dead, in the order of the journals; none
   * means that everything has been read. A null cursor is the start. Never rejects for a bad line; rejects when the
   * journals cannot be read.
   */
  read(cursor: C | null, limit: number): Promise<{ readonly events: readonly LearningEvent[]; readonly cursor: C }>;
  /** Whether an event is neither acknowledged nor dead now: one that was read may have become so on its way. */
  owes(event: LearningEvent): boolean;
  /** True when an event that has just been journaled stands behind everything that was read so far. */
  isLast(event: LearningEvent): boolean;
}
