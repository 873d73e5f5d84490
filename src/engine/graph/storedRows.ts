/** The kinds of rows that a store has, as questions name them. */
export const storedKinds = ["canvas", "node", "edge", "note", "concept", "event"] as const;

export type StoredKind = (typeof storedKinds)[number];

/** What a store has of one row: enough to tell whether it is the one that it should have. */
export interface StoredRow {
  /** The row's uid, an event's id. */
  readonly key: string;
  /** The row's clock as it was written; an event's own. Empty for a row that only says that something was spoken of. */
  readonly clock: string;
  /** The canvas of a node or an edge; null for everything else. */
  readonly canvas: string | null;
  /** The file's own id of a node or edge, the path of a canvas or note, a concept's name, an event's type. */
  readonly name: string;
  /** False where what ties it to the rest is gone: a node's canvas, or what an event is about. */
  readonly linked: boolean;
}

/**
 * Asks for rows of one kind. Stand-ins, which have no row yet, are not among the answers.
 * - With `keys` (1,000 at most): those of them that are there, in no order. Keys of another vault are not there.
 * - With `after`: the next ones by key, at most `limit` (1–1,000); from the first one where it is null.
 */
export type StoreQuestion =
  | { readonly kind: StoredKind; readonly keys: readonly string[] }
  | { readonly kind: StoredKind; readonly after: string | null; readonly limit: number };

/** An answer. Of the pages of one kind each row is on one; the last may be empty. */
export interface StoredPage {
  readonly kind: "rows";
  readonly rows: readonly StoredRow[];
  /** The `after` of the next page; null on the last page, and where keys were asked for. */
  readonly next: string | null;
}

/** The most keys or rows that one question is about. */
export const MOST_ROWS = 1_000;
