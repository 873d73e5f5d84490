import { errorOf } from "./itemErrors";
import type { Claims } from "./claims";
import type { Entry, Waiter } from "./entry";
import type { ItemEnd } from "./submission";

/** Tells everyone who waits for an item how it ended. Each item ends once. */
export class Endings<T, R> {
  constructor(private readonly claims: Claims<T, R>) {}

  end(entry: Entry<T, R>, end: ItemEnd<R>): void {
    const { terms, slot } = entry;
    close(entry);
    tell(terms.call, slot, end);
    for (const { call, slot: other } of this.claims.free(entry)) tell(call, other, end);
  }

  /** The end of an item that was stored at its first attempt, which is how nearly all end. */
  done(entry: Entry<T, R>, value: R, waitMs: number, runMs: number): void {
    const { slot } = entry;
    // Its own promise needs only the value: the rest is made for the few that ask for it.
    if (typeof slot === "number" || this.claims.joinedBy(entry)) {
      return this.end(entry, { kind: "done", value, attempts: 1, waitMs, runMs });
    }
    close(entry);
    slot(value);
    this.claims.free(entry);
  }

  /** The end of one waiter alone. */
  tell({ call, slot }: Waiter<R>, end: ItemEnd<R>): void {
    tell(call, slot, end);
  }
}

function close<T, R>(entry: Entry<T, R>): void {
  entry.place = "ended";
  // What is kept of it must not keep its payload, its result or its promise.
  entry.value = undefined;
  entry.slot = 0;
}

function tell<R>(call: Waiter<R>["call"], slot: Waiter<R>["slot"], end: ItemEnd<R>): void {
  if (typeof slot === "number") call?.end(slot, end);
  // Resolving with a rejection costs an item that succeeds no reject function.
  else slot(end.kind === "done" ? end.value : Promise.reject(errorOf(end)));
}
