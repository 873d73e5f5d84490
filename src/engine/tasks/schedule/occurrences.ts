import { Cron } from "croner";
import { cronFields } from "./cronFields";

/**
 * When an expression comes due, in epoch milliseconds. A calendar without a clock: every answer follows from the
 * time that is given.
 *
 * Where clocks are put forward or back, times that the expression names one by one (neither minute nor hour has `*`
 * or a step) come once: one that does not exist that day comes when the clock has jumped, one that exists twice comes
 * the first time. Times that repeat within the hour or the day follow the clock on the wall: what does not exist is
 * left out, and what exists twice comes twice.
 */
export interface Occurrences {
  /** The first one after a time; null when there is none before the year 10,000. */
  after(at: number): number | null;
  /** The last one that is not after a time; null when there is none. */
  upTo(at: number): number | null;
  /** The next ones after a time, in order. */
  next(count: number, at: number): readonly number[];
}

/** `timeZone` is a name such as `Europe/Berlin`; null is the zone of the host. The expression must have no problem. */
export function occurrencesOf(expression: string, timeZone: string | null): Occurrences {
  const zone = timeZone === null ? {} : { timezone: timeZone };
  // Without a function to call, this only computes: it starts no timer.
  const cron = new Cron(cronFields(expression).join(" "), { mode: "5-part", fixedTimeRule: "no-wildcard", ...zone });
  // A walk through a calendar takes up to a millisecond, and between two occurrences every answer is the same.
  let pause: Pause | null = null;
  const pauseAt = (at: number): Pause => {
    if (pause !== null && at >= (pause.from ?? -Infinity) && at < (pause.to ?? Infinity)) return pause;
    // What is searched lies before the reference, so an occurrence at `at` itself needs a later one.
    const from = cron.previousRuns(1, new Date(at + 1))[0]?.getTime() ?? null;
    pause = { from, to: cron.nextRun(new Date(at))?.getTime() ?? null };
    return pause;
  };
  return {
    after: (at) => pauseAt(at).to,
    upTo: (at) => pauseAt(at).from,
    next: (count, at) => cron.nextRuns(count, new Date(at)).map((date) => date.getTime()),
  };
}

/** From one occurrence to the next. */
interface Pause {
  readonly from: number | null;
  readonly to: number | null;
}
