/**
 * Milliseconds of one write above which a store counts as overloaded. A batch of the usual size takes a healthy store on
 * the same network 20 to 200 ms, a far or busy one some hundreds; what takes two seconds mostly waited for other writes.
 * A lower target would halve the parallelism of a store that is merely far away, where fewer writes make none faster.
 */
export const defaultTargetLatencyMs = 2_000;

/** Answers in time after which one more may be under way, and answers for which one cut for slowness counts. */
const WINDOW = 10;

/**
 * How many writes to one place may be under way: additive increase, multiplicative decrease. It begins with the most
 * that a person allows, so that nothing is slower than asked for before the place has shown that it is too much.
 */
export interface Aimd {
  /** Writes that may be under way now, 1 to `most`. */
  readonly allowed: number;
  readonly most: number;
  readonly targetMs: number;
  /** Answers in time in a row, since the last change. */
  readonly inTime: number;
  /** Answers still to come for which the last cut for slowness counts. */
  readonly settling: number;
}

export type AimdResult =
  | { readonly kind: "ok"; readonly latencyMs: number }
  /** Refused for load (429, throttled), or because writers met (deadlock, contention). */
  | { readonly kind: "pushed-back" };

export function openAimd(most: number, targetMs: number = defaultTargetLatencyMs): Aimd {
  return { allowed: most, most, targetMs, inTime: 0, settling: 0 };
}

export function aimdAfter(aimd: Aimd, result: AimdResult): Aimd {
  if (result.kind === "pushed-back") return halved(aimd);
  return result.latencyMs > aimd.targetMs ? slow(aimd) : inTime(aimd);
}

/** Follows a changed setting. What was cut stays cut, and what was at its most goes to the new one at once. */
export function aimdConfigured(aimd: Aimd, most: number, targetMs: number = aimd.targetMs): Aimd {
  const allowed = aimd.allowed === aimd.most ? most : Math.min(aimd.allowed, most);
  return { ...aimd, allowed, most, targetMs };
}

// The writes that were under way before a cut are slow for the same reason; cutting for each of them would leave one
// writer after a single pause of the place.
function slow(aimd: Aimd): Aimd {
  if (aimd.settling > 0) return { ...aimd, inTime: 0, settling: aimd.settling - 1 };
  return { ...halved(aimd), settling: Math.max(WINDOW, aimd.allowed) - 1 };
}

function inTime(aimd: Aimd): Aimd {
  const settling = Math.max(0, aimd.settling - 1);
  if (aimd.allowed >= aimd.most) return { ...aimd, inTime: 0, settling };
  if (aimd.inTime + 1 < WINDOW) return { ...aimd, inTime: aimd.inTime + 1, settling };
  return { ...aimd, allowed: aimd.allowed + 1, inTime: 0, settling };
}

function halved(aimd: Aimd): Aimd {
  return { ...aimd, allowed: Math.max(1, Math.floor(aimd.allowed / 2)), inTime: 0 };
}
