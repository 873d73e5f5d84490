import { parseIsoTime } from "./isoTime";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayFirst = /^(\d{2})-(\d{2})-(\d{4})$/;
const spelled = /^[a-z]{3},? ([a-z]{3}) (\d{2}) (\d{4})(?:\s.*)?$/i;

/**
 * The day or moment a review is due, as ISO text: `YYYY-MM-DD` for a day, UTC with `Z` for an instant, without zone
 * where none was written. Midnight UTC is a day: that is what YAML makes of a bare date. Also reads the two other
 * forms that spaced repetition has written: `31-12-2024` and `Tue Dec 31 2024`. Null when it is no date.
 */
export function parseDue(text: string): string | null {
  const iso = parseIsoTime(isoText(text.trim()));
  if (iso === null) return null;
  if (iso.time === null || isMidnight(iso.utcMs)) return new Date(iso.utcMs).toISOString().slice(0, 10);
  return iso.zone === "given" ? new Date(iso.utcMs).toISOString() : `${iso.date}T${iso.time}`;
}

function isMidnight(utcMs: number): boolean {
  return utcMs % 86_400_000 === 0;
}

function isoText(text: string): string {
  const numbers = dayFirst.exec(text);
  if (numbers !== null) return `${numbers[3]}-${numbers[2]}-${numbers[1]}`;
  const words = spelled.exec(text);
  if (words === null) return text;
  const month = months.indexOf((words[1] ?? "").toLowerCase()) + 1;
  return `${words[3]}-${String(month).padStart(2, "0")}-${words[2]}`;
}
