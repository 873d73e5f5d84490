import { errorOf } from "./itemErrors";
import type { Claims } from "./claims";
import type { Entry, Waiter } from "./entry";
import type { ItemEnd } from "./submission";

/** Tells everyone who waits for an item how it ended. Each item ends once. */
export class Endings<T, R> {
  constructor(private readonly claims: Claims<T, R>) {}

  end(entry: Entry<T, R>, end: ItemEnd<R>): void {
    const { terms, slot } = entry;
    entry.place = "ended";
    // What is kept of it must not keep its payload, its result or its promise.
    entry.value = undefined;
    entry.slot = 0;
    tell(terms.call, slot, end);
    for (const { call, slot: other } of this.claims.free(entry)) tell(call, other, end);
  }

  /** The end of one waiter alone. */
  tell({ call, slot }: Waiter<R>, end: ItemEnd<R>): void {
    tell(call, slot, end);
  }
}

function tell<R>(call: Waiter<R>["call"], slot: Waiter<R>["slot"], end: ItemEnd<R>): void {
  if (typeof slot === "number") call?.end(slot, end);
  // Resolving with a rejection costs an item that succeeds no reject function.
  else slot(end.kind === "done" ? end.value : Promise.reject(errorOf(end)));
}
