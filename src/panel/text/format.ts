import type { PluralForms } from "./pluralForms";
import { fill } from "./strings";

/** Numbers, sizes and times as people read them, in the words of one language. */
export interface Format {
  count(value: number): string;
  /** A count where there is little room: exact below a million. */
  figure(value: number): string;
  /** One digit after the point, and none from ten on. */
  rate(value: number): string;
  bytes(value: number): string;
  /** A rough length of time: whole seconds, then minutes, then hours. */
  roughly(ms: number): string;
  milliseconds(value: number): string;
  timeOfDay(at: number): string;
  /** Hour and minute. */
  hourAndMinute(at: number): string;
  /** A share from 0 to 1. */
  percent(share: number): string;
  dateAndTime(at: number): string;
  /** Of a day written `YYYY-MM-DD`: its weekday where there is little room. */
  weekday(day: string): string;
  /** A day written `YYYY-MM-DD`, in full. */
  calendarDay(day: string): string;
  /** The day of a moment (epoch ms) in this place. */
  dayOf(at: number): string;
  /** The form for this many, with the count in it. */
  plural(count: number, forms: PluralForms): string;
}

export function createFormat(locale: string): Format {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const unit = (name: string, digits = 0, display: "long" | "short" = "short"): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: display, maximumFractionDigits: digits });
  const kilobyte = unit("kilobyte");
  const megabyte = unit("megabyte", 1);
  const second = unit("second", 0, "long");
  const minute = unit("minute", 0, "long");
  const hour = unit("hour", 1, "long");
  const millisecond = unit("millisecond");
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const minutes = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const moment = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  // A day is no moment: read as one of UTC it stays the same day everywhere.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const date: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  const calendar = new Intl.DateTimeFormat(locale, { ...date, timeZone: "UTC" });
  const localCalendar = new Intl.DateTimeFormat(locale, date);
  const rules = new Intl.PluralRules(locale);
  return {
    count: (value) => whole.format(value),
    figure: (value) => (value < 1_000_000 ? whole : short).format(value),
    rate: (value) => (value < 9.95 ? tenth : whole).format(value),
    bytes: (value) => (value < 1_000_000 ? kilobyte.format(Math.ceil(value / 1000)) : megabyte.format(value / 1_000_000)),
    roughly: (ms) => {
      const seconds = Math.max(1, Math.ceil(ms / 1000));
      if (seconds <= 90) return second.format(seconds);
      if (seconds <= 5400) return minute.format(Math.round(seconds / 60));
      return hour.format(seconds / 3600);
    },
    milliseconds: (value) => millisecond.format(value),
    timeOfDay: (at) => clock.format(at),
    hourAndMinute: (at) => minutes.format(at),
    percent: (value) => share.format(value),
    dateAndTime: (at) => moment.format(at),
    weekday: (day) => weekday.format(Date.parse(day)),
    calendarDay: (day) => calendar.format(Date.parse(day)),
    dayOf: (at) => localCalendar.format(at),
    plural: (count, forms) => fill(forms[rules.select(count)] ?? forms.other, { count: whole.format(count) }),
  };
}
