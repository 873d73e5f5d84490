/**
 * A point in time as ISO 8601 text gives it.
 * `utcMs` reads a time without zone as UTC, so that every device reads the same instant.
 */
export interface IsoTime {
  readonly utcMs: number;
  /** `YYYY-MM-DD` as written, before any zone is applied. */
  readonly date: string;
  /** `HH:MM[:SS[.sss]]` as written; null for a date alone. */
  readonly time: string | null;
  readonly zone: "none" | "given";
}

const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads an ISO 8601 date or date-time. Null for other text and for days and hours that do not exist. */
export function parseIsoTime(text: string): IsoTime | null {
  const match = form.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const days = dayMs(Number(year), Number(month), Number(day));
  const clock = clockMs(Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0), fraction ?? "0");
  const offset = offsetMs(zone);
  if (days === null || clock === null || offset === null) return null;
  return {
    utcMs: days + clock - offset,
    date: `${year}-${month}-${day}`,
    time: hour === undefined ? null : timeText(`${hour}:${minute}`, second, fraction),
    zone: zone === undefined ? "none" : "given",
  };
}

// Date.UTC rolls 30 February over to March: only a date that comes back unchanged exists.
function dayMs(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? ms : null;
}

function clockMs(hour: number, minute: number, second: number, fraction: string): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
}

function offsetMs(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || 0);
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function timeText(minutes: string, second: string | undefined, fraction: string | undefined): string {
  if (second === undefined) return minutes;
  return fraction === undefined ? `${minutes}:${second}` : `${minutes}:${second}.${fraction}`;
}
