/** What the lock file says about who writes. */
export interface Lease {
  /** Null where the host has no processes. */
  readonly pid: number | null;
  readonly host: string;
  /** Epoch ms. */
  readonly start: number;
  readonly heartbeat: number;
  /** Random, one for each time the lock is taken. */
  readonly nonce: string;
}

/** What the host knows about processes. */
export interface ProcessProbe {
  readonly pid: number | null;
  readonly host: string;
  /**
   * Whether a process of this host runs that was last heard of at `heartbeat`; null is that of a host that has none. A
   * host that cannot tell says yes.
   */
  isAlive(pid: number | null, heartbeat: number): boolean;
}

export type LeaseVerdict =
  | { readonly kind: "held"; readonly by: Lease }
  /** Its holder is gone: `nonce` names exactly the lease that may be taken over. */
  | { readonly kind: "stale"; readonly nonce: string };

/** Silence after which a lease may be taken over. */
export const LEASE_SILENCE_MS = 60_000;

/** How far ahead of our clock a heartbeat may be: the clocks of two hosts differ, but hardly by more. */
const LEASE_AHEAD_MS = 5 * 60_000;

/**
 * Whether a lease that is not ours still holds. A heartbeat a little ahead of our clock counts as fresh, since taking the
 * lock from a live writer is worse than waiting. One that is far ahead was written while a clock was wrong: waiting for
 * it to grow old could take years.
 */
export function judgeLease(lease: Lease, now: number, probe: ProcessProbe): LeaseVerdict {
  const age = now - lease.heartbeat;
  const isHeard = age <= LEASE_SILENCE_MS && age >= -LEASE_AHEAD_MS;
  return isHeard && !isDead(lease, probe) ? { kind: "held", by: lease } : { kind: "stale", nonce: lease.nonce };
}

function isDead(lease: Lease, probe: ProcessProbe): boolean {
  if (lease.host !== probe.host) return false;
  // Our own process would be found alive: whoever had its number before, as in a container that was killed, is gone.
  const hadOurNumber = lease.pid !== null && lease.pid === probe.pid;
  return hadOurNumber || !probe.isAlive(lease.pid, lease.heartbeat);
}

/** Null when the text is no lease, such as a lock file that was cut while it was written. */
export function parseLease(text: string): Lease | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { pid, host, start, heartbeat, nonce } = value as Partial<Record<keyof Lease, unknown>>;
  if (pid !== null && typeof pid !== "number") return null;
  if (typeof host !== "string" || typeof nonce !== "string" || !/^[\w-]+$/.test(nonce)) return null;
  if (typeof start !== "number" || typeof heartbeat !== "number") return null;
  return { pid, host, start, heartbeat, nonce };
}

export function leaseText(lease: Lease): string {
  return `${JSON.stringify(lease)}\n`;
}
