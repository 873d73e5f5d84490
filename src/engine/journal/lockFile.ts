import type { Clock } from "../kernel/clock";
import type { Random } from "../kernel/random";
import { judgeLease, leaseText, parseLease, type Lease, type LeaseVerdict, type ProcessProbe } from "./lease";
import type { DataFolder } from "./port";
import { deviceFolder } from "./segments";

/** A folder that may be able to make a file for exactly one of several processes. */
export interface LeaseFolder extends DataFolder {
  /** Makes the file, whole or not at all, unless there is one: then false. Absent where the host cannot. */
  createExclusive?(path: string, text: string): Promise<boolean>;
}

export interface LockFileParts {
  readonly folder: LeaseFolder;
  readonly device: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly probe: ProcessProbe;
}

const ATTEMPTS = 5;

export type Taking = { readonly kind: "taken" } | { readonly kind: "held"; readonly by: Lease };
type Step = Taking | { readonly kind: "again" };

const AGAIN: Step = { kind: "again" };
/** Stands for a lock file that cannot be read. */
const UNREADABLE = "unreadable";

/** The lock file, as one of those who want it sees it. */
export class LockFile {
  readonly path: string;
  private readonly nonce: string;
  private readonly start: number;
  /** Whether our last heartbeat failed: a host that replaces no file whole may have left nothing readable of it. */
  private torn = false;

  constructor(private readonly options: LockFileParts) {
    this.path = `${deviceFolder(options.device)}/lock.json`;
    this.nonce = options.random.uuid();
    this.start = options.clock.now();
  }

  /** Takes the lock, or says who has it. */
  async take(): Promise<Taking> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const step = await this.tryToTake();
      if (step.kind !== "again") return step;
    }
    throw new Error(`the lock ${this.path} changes hands too often`);
  }

  async remove(): Promise<void> {
    if ((await this.current())?.nonce === this.nonce) await this.options.folder.remove(this.path);
  }

  private async tryToTake(): Promise<Step> {
    const text = await this.options.folder.read(this.path);
    if (text === null) return (await this.create(this.path)) ? { kind: "taken" } : AGAIN;
    const lease = parseLease(text);
    // A write that was said to have failed may have got there all the same.
    if (lease?.nonce === this.nonce) return { kind: "taken" };
    const verdict = lease === null ? null : this.judge(lease);
    return verdict?.kind === "held" ? verdict : this.takeOver(verdict?.nonce ?? UNREADABLE);
  }

  /** Null when the lock is still ours; otherwise who has it now. */
  async beat(): Promise<{ readonly by: Lease | null } | null> {
    const lease = await this.current();
    const isOurs = lease === null ? this.torn : lease.nonce === this.nonce;
    if (!isOurs) return { by: lease };
    this.torn = true;
    await this.options.folder.write(this.path, this.text());
    this.torn = false;
    return null;
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
    const { folder } = this.options;
    const text = await folder.read(claim);
    const rival = text === null ? null : parseLease(text);
    const verdict = rival === null || rival.nonce === this.nonce ? null : this.judge(rival);
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

  private judge(lease: Lease): LeaseVerdict {
    return judgeLease(lease, this.options.clock.now(), this.options.probe);
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
