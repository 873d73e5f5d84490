import type { Cancel, Clock } from "../kernel/clock";
import { asStorageError } from "./asStorageError";
import type { Lease } from "./lease";
import type { LockFile } from "./lockFile";
import { StorageError } from "./port";

export interface HeldLeaseParts {
  readonly lock: LockFile;
  readonly clock: Clock;
  /** Epoch ms; null where the lock is still to be taken. */
  readonly takenAt: number | null;
  /** Somebody else has the lock now; null where nobody has. */
  readonly onLost: (by: Lease | null) => void;
}

const HEARTBEAT_MS = 15_000;
/** Age of our last heartbeat up to which the lock is surely ours: well below the silence after which others may take it. */
const SURE_MS = 3 * HEARTBEAT_MS;

/** A lock that is kept alive until it is released or somebody else has it. */
export class HeldLease {
  private beatAt: number | null;
  private over = false;
  private beating: Promise<void> | null = null;
  private cancel: Cancel;

  constructor(private readonly parts: HeldLeaseParts) {
    this.beatAt = parts.takenAt;
    this.cancel = this.plan();
  }

  /** Null while the lock is surely ours. Else, as after a sleep, resolves once it turns out to be, or rejects with StorageError. */
  confirm(): Promise<void> | null {
    const isSure = this.beatAt !== null && this.parts.clock.now() - this.beatAt <= SURE_MS;
    return isSure && !this.over ? null : this.makeSure();
  }

  /** Rejects with StorageError when the file cannot be removed; it goes stale by itself. */
  async release(): Promise<void> {
    this.over = true;
    this.cancel();
    await this.beating?.catch(() => undefined);
    await this.parts.lock.remove();
  }

  private async makeSure(): Promise<void> {
    if (!this.over) await this.beat().catch((error: unknown) => Promise.reject(asStorageError(error)));
    if (this.over) throw new StorageError("other", "The plugin's folder belongs to another process by now.");
  }

  private beat(): Promise<void> {
    this.beating ??= this.beatOnce().finally(() => {
      this.beating = null;
    });
    return this.beating;
  }

  private async beatOnce(): Promise<void> {
    const { clock, lock, onLost } = this.parts;
    const now = clock.now();
    const lost = this.beatAt === null ? await takeNow(lock) : await lock.beat();
    if (this.over) return;
    this.beatAt = now;
    if (lost === null) return;
    this.over = true;
    this.cancel();
    onLost(lost.by);
  }

  private plan(): Cancel {
    return this.parts.clock.after(HEARTBEAT_MS, () => {
      // A beat that fails (a full disk) is only silence; the next one, or the next write, tells whether anybody used it.
      const done = this.beat().catch(() => undefined);
      void done.then(() => {
        if (!this.over) this.cancel = this.plan();
      });
    });
  }
}

async function takeNow(lock: LockFile): Promise<{ readonly by: Lease } | null> {
  const taking = await lock.take();
  return taking.kind === "held" ? taking : null;
}
