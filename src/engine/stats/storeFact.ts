import type { BatchFact } from "../batch/dispatch/batchFact";
import type { Fact } from "./fact";

/** Facts that are about one store. */
export type StoreFact = BatchFact | Extract<Fact, { readonly store: string }>;
