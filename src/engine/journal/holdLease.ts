import type { Clock } from "../kernel/clock";
import { fencedFolder } from "./fencedFolder";
import { HeldLease } from "./heldLease";
import type { Lease } from "./lease";
import { LockFile, type LockFileParts } from "./lockFile";
import { StorageError, type DataFolder } from "./port";

export interface LeaseOptions extends LockFileParts {
  readonly clock: Clock;
  /** Somebody took the lock over, as after a long sleep. Nothing can be written any more. Null: the lock file is gone. */
  readonly onLost: (by: Lease | null) => void;
  /**
   * Where nobody has the lock but its file cannot be written (a full disk), this holds it all the same: the first write
   * that succeeds takes it. Without it that rejects.
   */
  readonly later?: boolean;
}

export type LeaseResult =
  | {
      readonly kind: "taken";
      /** The folder, for everything that is written under the lock: every change is refused once the lock is not ours. */
      readonly folder: DataFolder;
      release(): Promise<void>;
    }
  | { readonly kind: "held"; readonly by: Lease };

/** Stands for a lock whose file could not be written yet. */
const LATER = { kind: "later" } as const;

/** Takes the lock of a device and keeps it alive, or says who has it. Rejects with StorageError. */
export async function holdLease(options: LeaseOptions): Promise<LeaseResult> {
  const { clock, folder, onLost } = options;
  const lock = new LockFile(options);
  const now = clock.now();
  const step = await lock.take().catch((error: unknown) => {
    if (options.later === true && error instanceof StorageError) return LATER;
    throw error;
  });
  if (step.kind === "held") return step;
  const lease = new HeldLease({ lock, clock, onLost, takenAt: step.kind === "taken" ? now : null });
  const fenced = fencedFolder(folder, () => lease.confirm());
  return { kind: "taken", folder: fenced, release: () => lease.release() };
}
