import type { Occurrences } from "./occurrences";
import type { BegunRun, LastRun, Schedule, ScheduleDraft } from "./schedule";
import { spanOf, withTime, type TimeSpan } from "./timesRun";

/** A time that is found later than this, in milliseconds, was missed: the device slept, or its clock was put forward. */
const LATE_MS = 10 * 60_000;

export function newSchedule(id: string, draft: ScheduleDraft, now: number): Schedule {
  return { ...draft, id, createdAt: now, paused: false, seen: now, ran: [], begun: null, lastRun: null };
}

/**
 * The time that has to run at `now`; null when there is none. Of several that passed only the last one runs.
 * `liveSince` is since when the schedule could have run: what came before was missed.
 */
export function dueTime(schedule: Schedule, occurrences: Occurrences, now: number, liveSince: number): number | null {
  if (schedule.paused || schedule.begun !== null) return null;
  const time = occurrences.upTo(now);
  if (time === null || time <= schedule.seen || spanOf(schedule.ran, time) !== null) return null;
  const missed = time < liveSince || now - time > LATE_MS;
  return missed && schedule.missed === "skip" ? null : time;
}

/** The next time after `now` that will run. */
export function comingTime(schedule: Schedule, occurrences: Occurrences, now: number): number | null {
  let time = occurrences.after(now);
  for (let ran = spanAt(schedule, time); ran !== null; ran = spanAt(schedule, time)) time = occurrences.after(ran.to);
  return time;
}

/** The next times after `now` that will run. */
export function comingTimes(schedule: Schedule, occurrences: Occurrences, now: number, count: number): readonly number[] {
  if (schedule.ran.every(({ to }) => to <= now)) return occurrences.next(count, now);
  const times: number[] = [];
  for (let from = now; times.length < count; ) {
    const time = comingTime(schedule, occurrences, from);
    if (time === null) break;
    times.push(time);
    from = time;
  }
  return times;
}

function spanAt(schedule: Schedule, time: number | null): TimeSpan | null {
  return time === null ? null : spanOf(schedule.ran, time);
}

export function runBegun(schedule: Schedule, begun: BegunRun, occurrences: Occurrences): Schedule {
  return { ...schedule, begun, seen: begun.time, ran: withTime(schedule.ran, begun.time, occurrences) };
}

export function runEnded(schedule: Schedule, lastRun: LastRun): Schedule {
  return { ...schedule, begun: null, lastRun };
}

export function paused(schedule: Schedule): Schedule {
  return { ...schedule, paused: true };
}

/** Times that passed during the pause are not missed ones: nobody wanted them. */
export function resumed(schedule: Schedule, now: number): Schedule {
  return { ...schedule, paused: false, seen: now };
}

/** What was seen by a clock that has been put back since: times after `at` are still to come. */
export function clockPutBack(schedule: Schedule, at: number): Schedule {
  return schedule.seen > at ? { ...schedule, seen: at } : schedule;
}
