/** Batches stored in a row after which one more lane opens. */
const RECOVERY_BATCHES = 10;

/** How many batches of one store may be under way: halved where writers meet, then one more at a time. */
export interface Lanes {
  readonly allowed: number;
  readonly configured: number;
  /** Batches stored since the last change. */
  readonly stored: number;
}

export function openLanes(configured: number): Lanes {
  return { allowed: configured, configured, stored: 0 };
}

export function lanesConfigured(lanes: Lanes, configured: number): Lanes {
  const wasFull = lanes.allowed === lanes.configured;
  return { allowed: wasFull ? configured : Math.min(lanes.allowed, configured), configured, stored: 0 };
}

export function lanesContended(lanes: Lanes): Lanes {
  return { ...lanes, allowed: Math.max(1, Math.floor(lanes.allowed / 2)), stored: 0 };
}

export function lanesStored(lanes: Lanes): Lanes {
  if (lanes.allowed >= lanes.configured) return lanes;
  const stored = lanes.stored + 1;
  return stored < RECOVERY_BATCHES ? { ...lanes, stored } : { ...lanes, allowed: lanes.allowed + 1, stored: 0 };
}
