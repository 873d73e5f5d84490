import type { Signal } from "../kernel/signal";
import type { PrivacyLevel } from "./privacyLevel";
import type { StoreBatch } from "./rows";
import type { StoredPage, StoreQuestion } from "./storedRows";

/**
 * Why a write did not happen, by what has to be done about it.
 * - `unavailable`: the store is away or did not answer in time. No row is to blame; try again later.
 * - `contention`: deadlock, lock time-out, leader change in progress. Send the same batch again soon.
 * - `throttled`: the store asks to wait; `retryAfterMs` when it says how long.
 * - `too-big`: the same rows in smaller batches can succeed.
 * - `auth`, `config`: a person must change something. Stop until settings change or they ask again.
 * - `query`: the statement itself is refused, whatever the rows. Stop and report.
 * - `data`: one or more rows of this batch are refused. Find them.
 * - `unknown`: none of these is certain. An event is to blame only after it failed alone again and again, with an empty
 *   batch that succeeded behind each failure.
 */
export type FailureClass =
  "unavailable" | "contention" | "throttled" | "too-big" | "auth" | "config" | "query" | "data" | "unknown";

export interface StoreFailure {
  readonly kind: "failed";
  readonly class: FailureClass;
  /** The store's own code where there is one, else a short name. */
  readonly code: string;
  /** One plain sentence for a person: what is wrong and what to change. No secret, no payload. */
  readonly message: string;
  readonly retryAfterMs?: number;
}

export type WriteOutcome = { readonly kind: "stored" } | StoreFailure;

/** A store that answered: which one it is, so that acknowledgements of another are not taken for its own. */
export interface Connected {
  readonly kind: "connected";
  /** Address and database, without credentials, such as `bolt://localhost:7687/neo4j`. */
  readonly address: string;
  /** Random text that the store has kept since this vault first wrote to it. Another one means another or a wiped store. */
  readonly epoch: string;
  /** Name and version for people, such as `Neo4j/5.26.30`. */
  readonly server: string;
  /** Round trip of one small query in milliseconds. */
  readonly latencyMs: number;
}

/**
 * A place that keeps the graph beside the local one. Implementations translate and classify; they never retry,
 * split or queue.
 */
export interface GraphStore {
  /** Where it is, without credentials, also before anything is connected; the same text as `Connected.address`. */
  readonly address: string;
  /** The most that rows written here say. Rows are reduced to it before they are written. */
  readonly level: PrivacyLevel;
  /**
   * Opens the store with ONE attempt: authentication, schema, epoch. Safe to call again at any time.
   * Where the vault was written under another level, everything of it goes first, and the epoch is a new one; where
   * another device chose a level later, it is refused as `config`.
   * The credentials are tried once, so that a wrong password never meets a server's rate limit.
   */
  connect(signal: Signal): Promise<Connected | StoreFailure>;
  /**
   * Writes one batch atomically and idempotently. An empty batch is the canary: it runs the same statement with no rows
   * and commits a change of its own that nobody sees, so that its success says that the store can keep something.
   * Always settles within its own deadline, also when the connection is half open. Never rejects.
   */
  write(batch: StoreBatch, signal: Signal): Promise<WriteOutcome>;
  /**
   * Says what the store that was connected to has of this vault, and changes nothing. Like a write it always settles
   * within its own deadline, fails where another or a wiped store is found, and never rejects.
   */
  read(question: StoreQuestion, signal: Signal): Promise<StoredPage | StoreFailure>;
  /** How many writes may be under way at once from now on. */
  setConcurrency(limit: number): void;
  /** Deletes everything of one vault. Resolves with the number of entities deleted. */
  removeVault(
    vault: string,
    signal: Signal,
  ): Promise<{ readonly kind: "removed"; readonly entities: number } | StoreFailure>;
  /** Gives up every connection. Calls under way settle as `unavailable`. Safe to call twice. */
  close(): Promise<void>;
}
