import type { LearningEvent } from "../../learning/event";

/** What one look at a file came to. */
export type Look =
  | { readonly kind: "captured"; readonly events: readonly LearningEvent[] }
  | { readonly kind: "unchanged" }
  | { readonly kind: "unreadable" }
  | { readonly kind: "missing" };
