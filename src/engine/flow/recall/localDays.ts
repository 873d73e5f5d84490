/** The days of a place on earth, each written `YYYY-MM-DD`. */
export interface LocalDays {
  /** The day on which a moment (epoch ms) falls. */
  dayOf(at: number): string;
  /** The first moment (epoch ms) of a day; of a day that a place left out, of the next one. */
  startOf(day: string): number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No place is further from UTC than this. */
const FURTHEST_MS = 15 * 60 * MINUTE_MS;

/** `timeZone` is a name such as `Europe/Berlin`; null is the zone that the host has now. */
export function localDays(timeZone: string | null): LocalDays {
  const zone = timeZone === null ? {} : { timeZone };
  const form = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const dayOf = (at: number): string => {
    const parts = new Map(form.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${(parts.get("year") ?? "").padStart(4, "0")}-${parts.get("month") ?? ""}-${parts.get("day") ?? ""}`;
  };
  // Days in a row mostly begin at the same time of day.
  let usual = 0;
  return {
    dayOf,
    startOf: (day) => {
      const guess = utcStart(day) + usual;
      const start = dayOf(guess) >= day && dayOf(guess - MINUTE_MS) < day ? guess : firstMinute(day, dayOf);
      usual = start - utcStart(day);
      return start;
    },
  };
}

/** The day that many days later, or earlier where `days` is negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(utcStart(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one to the other; negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcStart(to) - utcStart(from)) / DAY_MS);
}

// In some places clocks are put forward at midnight, so that a day begins at one o'clock: its start is searched for.
function firstMinute(day: string, dayOf: (at: number) => string): number {
  let before = (utcStart(day) - FURTHEST_MS) / MINUTE_MS;
  let after = (utcStart(day) + FURTHEST_MS) / MINUTE_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle * MINUTE_MS) < day) before = middle;
    else after = middle;
  }
  return after * MINUTE_MS;
}

function utcStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
