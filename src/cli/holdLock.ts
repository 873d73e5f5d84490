import { nodeProcessProbe } from "../adapters/node/nodeProcessProbe";
import { holdLease, type Clock, type DataFolder, type Lease, type LeaseFolder, type Random } from "../engine/index";

/** Another headless process writes this vault. */
export class LockHeld extends Error {
  override readonly name = "LockHeld";
}

export interface Lock {
  /** Rejects with LockHeld when somebody took the lock over while this process was silent. Never resolves. */
  readonly lost: Promise<never>;
  /** The folder, for everything that is written under the lock. Once it is lost, every change is refused. */
  readonly folder: DataFolder;
  release(): Promise<void>;
}

/** Takes the lock of this device on a vault. Throws LockHeld. */
export async function holdLock(folder: LeaseFolder, device: string, clock: Clock, random: Random): Promise<Lock> {
  let onLost = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    onLost = () => reject(new LockHeld("another process took this vault over while this one was silent; this one ends. Nothing is lost."));
  });
  // A command that is over by then has nobody who waits for it.
  lost.catch(() => undefined);
  const result = await holdLease({ folder, device, clock, random, probe: nodeProcessProbe, onLost: () => onLost() });
  if (result.kind === "held") throw new LockHeld(heldBy(result.by));
  return { lost, folder: result.folder, release: () => result.release() };
}

function heldBy({ host, pid, start }: Lease): string {
  const since = new Date(start).toISOString();
  return (
    `another headless process writes this vault (process ${pid ?? "unknown"} on ${host}, since ${since}). ` +
    "Stop it, or wait: the lock of a process that died is taken over."
  );
}
