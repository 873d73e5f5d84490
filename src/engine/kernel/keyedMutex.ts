import { Mutex } from "async-mutex";

/** How long one holder waited for its key and kept it, in milliseconds. */
export interface LockTiming {
  readonly key: string;
  /** Who held it, as given to `run`; empty when it was not said. */
  readonly owner: string;
  readonly waitMs: number;
  readonly holdMs: number;
}

/** Hears of locks. What `acquired` answers is called when the holder is done, before `released`. */
export interface LockListener {
  acquired(key: string, owner: string, waitMs: number): () => void;
  released(timing: LockTiming): void;
  /** One of the others threw. That changes nothing: the work behind the lock goes its way. */
  failed(error: unknown): void;
}

/** Work of one key, one at a time. */
export interface KeyedLock {
  /** Keys that are held or waited for now. */
  readonly size: number;
  run<T>(key: string, work: () => Promise<T> | T, owner?: string): Promise<T>;
}

interface Entry {
  readonly mutex: Mutex;
  users: number;
}

/**
 * One mutex for each key: same key one at a time in order of arrival, different keys at once.
 * An entry exists only while somebody holds or waits for it, so the map is empty at rest.
 */
export class KeyedMutex implements KeyedLock {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly monotonic: () => number,
    private readonly listener: LockListener | null,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  /** Runs `work` alone under `key`. The key is released on return and on throw; a throw reaches the caller only. */
  async run<T>(key: string, work: () => Promise<T> | T, owner = ""): Promise<T> {
    const entry = this.enter(key);
    const asked = this.monotonic();
    let got = asked;
    let left = asked;
    try {
      return await entry.mutex.runExclusive(async () => {
        got = this.monotonic();
        const unwatch = this.tell(() => this.listener?.acquired(key, owner, got - asked));
        try {
          return await work();
        } finally {
          left = this.monotonic();
          if (unwatch !== undefined) this.tell(unwatch);
        }
      });
    } finally {
      this.leave(key, entry);
      this.tell(() => this.listener?.released({ key, owner, waitMs: got - asked, holdMs: left - got }));
    }
  }

  // No await between the look-up and the insert: two callers of one new key must get one mutex.
  private enter(key: string): Entry {
    const known = this.entries.get(key);
    if (known !== undefined) {
      known.users += 1;
      return known;
    }
    const entry: Entry = { mutex: new Mutex(), users: 1 };
    this.entries.set(key, entry);
    return entry;
  }

  private leave(key: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users === 0) this.entries.delete(key);
  }

  private tell<T>(what: () => T): T | undefined {
    try {
      return what();
    } catch (error) {
      this.listener?.failed(error);
      return undefined;
    }
  }
}
