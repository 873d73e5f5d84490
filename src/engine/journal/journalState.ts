import type { StorageFault } from "./port";

/** Whether our own journal can be written. */
export type JournalState =
  | { readonly kind: "ok" }
  /** The last append, or the last try since, failed. The next one that succeeds ends this. */
  | { readonly kind: "failing"; readonly fault: StorageFault; readonly message: string };

export function sameState(a: JournalState, b: JournalState): boolean {
  if (a.kind === "ok" || b.kind === "ok") return a.kind === b.kind;
  return a.fault === b.fault && a.message === b.message;
}
