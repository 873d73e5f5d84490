import type { BreakerEvent } from "../policy/breaker";
import type { Flight } from "./flight";
import type { Lane } from "./lane";
import type { Round } from "./round";

/** Tells a lane what a batch shows of its domain. True when its breaker is another one than before. */
export function teachLane<T, R>(flight: Flight<T, R>, round: Round<T, R>, now: number): boolean {
  const { lane } = flight.parcel;
  const { classes, stored } = round;
  const ms = now - flight.startedAt;
  if (classes.has("throttled") || classes.has("contention")) lane.rateHears({ kind: "pushed-back" });
  else if (stored > 0) lane.rateHears({ kind: "ok", latencyMs: ms });
  if (stored > 0 && !classes.has("throttled")) lane.throttles = 0;
  if (round.smaller) lane.size.tooBig(flight.items.length);
  lane.size.batchEnded(stored > 0, ms, lane.waiting, lane.spill?.behind ?? false);
  if (round.holdMs > 0) lane.hold(now, round.holdMs);
  if (round.trouble !== null) lane.trouble = round.trouble;
  const event = breakerEvent(lane, round);
  return event !== null && lane.breakerHears(event, now);
}

// Any answer shows that the domain is there, but for a failure of which nobody knows what it means.
function breakerEvent<T, R>(lane: Lane<T, R>, { classes, stored, late, awayMs }: Round<T, R>): BreakerEvent | null {
  if (classes.has("unavailable")) {
    const failed = { kind: "failed", certain: true } as const;
    return awayMs === undefined ? failed : { ...failed, waitMs: awayMs };
  }
  if (stored > 0) return { kind: "succeeded" };
  const unknown = classes.has("unknown");
  if (late || (unknown && lane.breaker.kind === "half-open")) return { kind: "failed", certain: false };
  return unknown || classes.size === 0 ? null : { kind: "succeeded" };
}
