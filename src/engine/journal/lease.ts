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

/**
 * Whether a lease still holds. A heartbeat from the future counts as fresh: the clocks of two hosts may differ, and
 * taking the lock from a live writer is worse than waiting.
 */
export function judgeLease(lease: Lease, now: number, probe: ProcessProbe): LeaseVerdict {
  const isSilent = now - lease.heartbeat > LEASE_SILENCE_MS;
  const isDead = lease.host === probe.host && !probe.isAlive(lease.pid, lease.heartbeat);
  return isSilent || isDead ? { kind: "stale", nonce: lease.nonce } : { kind: "held", by: lease };
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
