/** Milliseconds of a write that count as a fully loaded store. */
const FULL_LATENCY_MS = 1_000;
const DEPTH_WEIGHT = 0.85;
/** Batches stored in a row after which a size that was learned from a refusal doubles. */
const RECOVERY_BATCHES = 20;

/**
 * How loaded one store is, from 0 to 1:
 * `0.85 × waiting / capacity + 0.15 × write latency / 1,000 ms`, each part at most 1.
 * While events wait in the journal because memory is full, the first part is 1.
 */
export function loadOf(waiting: number, capacity: number, behind: boolean, latencyMs: number): number {
  const depth = behind ? 1 : Math.min(1, waiting / capacity);
  const latency = Math.min(1, latencyMs / FULL_LATENCY_MS);
  return DEPTH_WEIGHT * depth + (1 - DEPTH_WEIGHT) * latency;
}

/**
 * The next target size of a batch. A load above 0.8 makes it 1.5 times as large, one below 0.3 takes it to 0.7, in
 * between it is as configured; always from a quarter of the configured size to twice of it, and at least 1.
 */
export function nextTarget(target: number, configured: number, load: number): number {
  const wanted = load > 0.8 ? Math.round(target * 1.5) : load < 0.3 ? Math.floor(target * 0.7) : configured;
  return Math.min(configured * 2, Math.max(Math.max(1, Math.floor(configured / 4)), wanted));
}

/** A size that the store has shown to be too big stays in force, and is given back slowly. */
export type LearnedSize =
  { readonly kind: "none" } | { readonly kind: "at-most"; readonly items: number; readonly stored: number };

export const nothingLearned: LearnedSize = { kind: "none" };

export function tooBig(learned: LearnedSize, items: number): LearnedSize {
  const half = Math.max(1, Math.floor(items / 2));
  return { kind: "at-most", items: learned.kind === "none" ? half : Math.min(learned.items, half), stored: 0 };
}

/** After a stored batch. `wanted` is the size that would be used without what was learned. */
export function fitted(learned: LearnedSize, wanted: number): LearnedSize {
  if (learned.kind === "none") return learned;
  const stored = learned.stored + 1;
  if (stored < RECOVERY_BATCHES) return { ...learned, stored };
  const items = learned.items * 2;
  return items >= wanted ? nothingLearned : { kind: "at-most", items, stored: 0 };
}

export function withinLearned(learned: LearnedSize, size: number): number {
  return learned.kind === "none" ? size : Math.min(size, learned.items);
}
