import { emptyMinute, MINUTE_MS, startOfMinute, withFact, type Minute, type TimedFact } from "./minute";

export const HOUR_MINUTES = 60;

/** The hour with one more fact. Minutes in which nothing was told are not in it; there are never more than 60. */
export function withTold(minutes: readonly Minute[], fact: TimedFact): readonly Minute[] {
  const kept = hourUntil(minutes, fact.time);
  const last = kept.at(-1);
  if (last !== undefined && last.at >= startOfMinute(fact.time)) return [...kept.slice(0, -1), withFact(last, fact)];
  return [...kept, withFact(emptyMinute(fact.time), fact)];
}

/** What of the minutes is not older than an hour at a moment (epoch ms). */
export function hourUntil(minutes: readonly Minute[], time: number): readonly Minute[] {
  const last = minutes.at(-1);
  if (last === undefined) return minutes;
  const now = startOfMinute(time);
  const ahead = last.at - now;
  // A clock that was set back takes the minutes along: they are as old as they were, or they would stay for as long as
  // it was set back. One minute is what a correction at the turn of a minute makes of nothing.
  const setBack = ahead > MINUTE_MS ? ahead : 0;
  const oldest = Math.max(now, last.at - setBack) - (HOUR_MINUTES - 1) * MINUTE_MS;
  const kept = minutes.filter(({ at }) => at - setBack >= oldest);
  return setBack === 0 ? kept : kept.map((minute) => ({ ...minute, at: minute.at - setBack }));
}
