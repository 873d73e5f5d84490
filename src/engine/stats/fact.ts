import type { FileProblem } from "../canvas/document";
import type { JournalState } from "../journal/journalState";
import type { BatchFact } from "../batch/dispatch/batchFact";

/** Everything that can happen and is counted or shown. The reducer is the one place where a fact becomes a figure. */
export type Fact =
  /** Events that the journal has now and had not before. */
  | { readonly kind: "recorded"; readonly count: number }
  /** Events that the journal had already. */
  | { readonly kind: "duplicate"; readonly count: number }
  /** Records that were refused before the journal. */
  | { readonly kind: "invalid"; readonly count: number }
  | { readonly kind: "problem"; readonly problem: FileProblem }
  /** A file is fine again, or gone. */
  | { readonly kind: "problem-cleared"; readonly path: string }
  | { readonly kind: "journal"; readonly state: JournalState }
  /** What a store still has to get and has refused, counted in the journal when the store is opened. */
  | { readonly kind: "backlog"; readonly store: string; readonly pending: number; readonly dead: number }
  /** A person wants figures from zero. Monotonic milliseconds. */
  | { readonly kind: "reset"; readonly at: number }
  | BatchFact;
