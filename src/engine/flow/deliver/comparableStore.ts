import type { Signal } from "../../kernel/signal";
import type { GraphStore } from "../../graph/port";
import type { PrivacyLevel } from "../../graph/privacyLevel";
import type { ReadonlyRanges } from "../../journal/ranges";
import type { LearningEvent } from "../../learning/event";

/** The store in use as somebody needs it who compares it with what it was sent. */
export type ComparableStore =
  | { readonly kind: "none" }
  /** It has not said yet which database it is, so nobody can say what it was sent. */
  | { readonly kind: "away"; readonly message: string }
  | ({ readonly kind: "store" } & ComparedStore);

export interface ComparedStore {
  /** Under which its rows were written: their keys depend on it. */
  readonly level: PrivacyLevel;
  /** Events that it still has to get, and those that it refused. */
  readonly pending: () => number;
  readonly dead: () => number;
  readonly read: (question: Parameters<GraphStore["read"]>[0], signal: Signal) => ReturnType<GraphStore["read"]>;
  /** The same events one by one. Rejects with StorageError. */
  readonly owed: () => AsyncIterable<LearningEvent>;
  /** What became of those of these events that are no longer pending, by event id. */
  readonly outcomes: (events: readonly LearningEvent[]) => ReadonlyMap<string, "stored" | "dead">;
  /** These places of devices are pending again for it. Rejects with StorageError. */
  readonly resend: (places: ReadonlyMap<string, ReadonlyRanges>) => Promise<void>;
}
