import type { Cancel, Clock } from "../kernel/clock";
import type { Random } from "../kernel/random";
import { judgeLease, leaseText, parseLease, type Lease, type ProcessProbe } from "./lease";
import type { DataFolder } from "./port";
import { deviceFolder } from "./segments";

/** A folder that may be able to make a file for exactly one of several processes. */
export interface LeaseFolder extends DataFolder {
  /** Makes the file, whole or not at all, unless there is one: then false. Absent where the host cannot. */
  createExclusive?(path: string, text: string): Promise<boolean>;
}

export interface LeaseOptions {
  readonly folder: LeaseFolder;
  readonly device: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly probe: ProcessProbe;
  /** Somebody took the lock over, as after a long sleep: stop writing. Null: the lock file is gone. */
  readonly onLost: (by: Lease | null) => void;
}

export type LeaseResult =
  | { readonly kind: "taken"; release(): Promise<void> }
  | { readonly kind: "held"; readonly by: Lease };

const HEARTBEAT_MS = 15_000;
const ATTEMPTS = 5;

/** Takes the lock of a device and keeps it alive, or says who has it. Rejects with StorageError. */
export async function holdLease(options: LeaseOptions): Promise<LeaseResult> {
  const lock = new LockFile(options);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const step = await lock.tryToTake();
    if (step.kind === "held") return step;
    if (step.kind === "taken") return keepAlive(lock, options);
  }
  throw new Error(`the lock ${lock.path} changes hands too often`);
}

type Step = { readonly kind: "taken" } | { readonly kind: "again" } | { readonly kind: "held"; readonly by: Lease };

const AGAIN: Step = { kind: "again" };
/** Stands for a lock file that cannot be read. */
const UNREADABLE = "unreadable";

class LockFile {
  readonly path: string;
  private readonly nonce: string;
  private readonly start: number;

  constructor(private readonly options: LeaseOptions) {
    this.path = `${deviceFolder(options.device)}/lock.json`;
    this.nonce = options.random.uuid();
    this.start = options.clock.now();
  }

  async tryToTake(): Promise<Step> {
    const { folder, clock, probe } = this.options;
    const text = await folder.read(this.path);
    if (text === null) return (await this.create(this.path)) ? { kind: "taken" } : AGAIN;
    const lease = parseLease(text);
    const verdict = lease === null ? null : judgeLease(lease, clock.now(), probe);
    return verdict?.kind === "held" ? verdict : this.takeOver(verdict?.nonce ?? UNREADABLE);
  }

  /** Null when the lock is still ours; otherwise who has it now. */
  async beat(): Promise<{ readonly by: Lease | null } | null> {
    const { folder } = this.options;
    const lease = await this.current();
    if (lease?.nonce !== this.nonce) return { by: lease };
    await folder.write(this.path, this.text());
    return null;
  }

  async remove(): Promise<void> {
    if ((await this.current())?.nonce === this.nonce) await this.options.folder.remove(this.path);
  }

  // Two processes may find the same stale lock at once. A second file with the stale nonce in its name lets one
  // through, and that one looks again: whoever came late finds a lock that is no longer the stale one.
  private async takeOver(stale: string): Promise<Step> {
    const { folder } = this.options;
    const claim = `${deviceFolder(this.options.device)}/lock.${stale}.json`;
    if (!(await this.create(claim))) return this.meetRival(claim);
    try {
      const lease = await this.current();
      if ((lease?.nonce ?? UNREADABLE) !== stale) return AGAIN;
      await folder.write(this.path, this.text());
      return { kind: "taken" };
    } finally {
      await folder.remove(claim);
    }
  }

  private async meetRival(claim: string): Promise<Step> {
    const { folder, clock, probe } = this.options;
    const text = await folder.read(claim);
    const rival = text === null ? null : parseLease(text);
    const verdict = rival === null ? null : judgeLease(rival, clock.now(), probe);
    if (verdict?.kind === "held") return verdict;
    await folder.remove(claim);
    return AGAIN;
  }

  private async create(path: string): Promise<boolean> {
    const { folder } = this.options;
    if (folder.createExclusive !== undefined) return folder.createExclusive(path, this.text());
    if ((await folder.read(path)) !== null) return false;
    await folder.write(path, this.text());
    return true;
  }

  private async current(): Promise<Lease | null> {
    const text = await this.options.folder.read(this.path);
    return text === null ? null : parseLease(text);
  }

  private text(): string {
    const { clock, probe } = this.options;
    const { pid, host } = probe;
    return leaseText({ pid, host, start: this.start, heartbeat: clock.now(), nonce: this.nonce });
  }
}

function keepAlive(lock: LockFile, { clock, onLost }: LeaseOptions): LeaseResult {
  let over = false;
  let beating: Promise<void> = Promise.resolve();
  let cancel: Cancel = plan();

  function plan(): Cancel {
    return clock.after(HEARTBEAT_MS, () => {
      beating = beat();
    });
  }

  async function beat(): Promise<void> {
    // A beat that fails (a full disk) is only silence; the next one tells whether anybody used it.
    const lost = await lock.beat().catch(() => null);
    if (over) return;
    if (lost === null) {
      cancel = plan();
    } else {
      over = true;
      onLost(lost.by);
    }
  }

  return {
    kind: "taken",
    async release() {
      over = true;
      cancel();
      await beating;
      await lock.remove();
    },
  };
}
