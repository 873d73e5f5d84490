/** One place of the queue: the item that was put there, or that it can no longer be read. */
export type Taken<T> = { readonly kind: "item"; readonly item: T } | { readonly kind: "lost" };

/**
 * Where items wait for which memory has no room: a queue for each domain, first in, first out. It serves one process: who
 * waits for an item lives in memory, so the items of a process that died are nobody's, and it must be empty when a
 * batcher gets it.
 */
export interface Overflow<T> {
  /**
   * Adds items behind those of the domain that it has. False: there is no room, and none of them was kept. A rejection
   * means the same; it also says that something is wrong. Never called twice at once for one domain.
   */
  put(domain: string, items: readonly T[]): Promise<boolean>;
  /**
   * Gives out the first items of a domain, at least one while there are any and at most `most`, and forgets them. One
   * that is lost keeps its place, or all behind it would be taken for others. A rejection means that nothing was given
   * out. Never called while a `put` or a `take` of the same domain is under way.
   */
  take(domain: string, most: number): Promise<readonly Taken<T>[]>;
  /** Forgets everything of a domain. A rejection means that some of it may be there still. */
  clear(domain: string): Promise<void>;
}
