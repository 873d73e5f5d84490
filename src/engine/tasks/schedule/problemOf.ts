import { cronAliases, cronFields } from "./cronFields";

interface FieldRule {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that may stand for the numbers from `min` on. */
  readonly words: readonly string[];
}

const minute: FieldRule = { name: "minute", min: 0, max: 59, words: [] };
const hour: FieldRule = { name: "hour", min: 0, max: 23, words: [] };
const day: FieldRule = { name: "day of the month", min: 1, max: 31, words: [] };
const month: FieldRule = {
  name: "month",
  min: 1,
  max: 12,
  words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
/** Both 0 and 7 are Sunday. */
const weekday: FieldRule = {
  name: "day of the week",
  min: 0,
  max: 7,
  words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why a text is no time of a schedule, in plain words that say what to write; null when it is one. */
export function problemOf(expression: string): string | null {
  const fields = cronFields(expression);
  return (
    countProblem(expression.trim(), fields) ??
    fieldProblem(fields[0], minute) ??
    fieldProblem(fields[1], hour) ??
    fieldProblem(fields[2], day) ??
    fieldProblem(fields[3], month) ??
    fieldProblem(fields[4], weekday) ??
    neverProblem(fields)
  );
}

function countProblem(text: string, fields: readonly string[]): string | null {
  if (text === "") return "Enter five fields: minute, hour, day of the month, month and day of the week, such as 0 9 * * 1.";
  if (text.startsWith("@") && fields.length === 1) return `There is no ${text}. Use one of ${Object.keys(cronAliases).join(", ")}.`;
  if (fields.length === 5) return null;
  if (fields.length === 6) {
    return "This has six fields. Schedules have no seconds: leave the first field out, so that it begins with the minute.";
  }
  return `This has ${fields.length} ${fields.length === 1 ? "field" : "fields"}. Five are needed: minute, hour, day of the month, month and day of the week.`;
}

function fieldProblem(field: string | undefined, rule: FieldRule): string | null {
  for (const part of (field ?? "").split(",")) {
    const problem = partProblem(part, rule);
    if (problem !== null) return problem;
  }
  return null;
}

function partProblem(part: string, rule: FieldRule): string | null {
  const [range = "", step, ...more] = part.split("/");
  const [from = "", to, ...others] = range.split("-");
  if (part === "" || more.length > 0 || others.length > 0) return unreadable(part, rule);
  if (step !== undefined) {
    if (!/^\d+$/.test(step) || Number(step) < 1 || Number(step) > rule.max) {
      return `In the field for the ${rule.name}, the step in "${part}" must be a whole number from 1 to ${rule.max}.`;
    }
    if (range !== "*" && to === undefined) {
      return `In the field for the ${rule.name}, a step follows * or a range, as in */${step} or ${rule.min}-${rule.max}/${step}.`;
    }
  }
  if (range === "*") return null;
  return rangeProblem(part, from, to, rule);
}

function rangeProblem(part: string, from: string, to: string | undefined, rule: FieldRule): string | null {
  const first = numberOf(from, rule);
  const last = to === undefined ? first : numberOf(to, rule);
  if (first === null || last === null) return unreadable(part, rule);
  const outside = [first, last].find((value) => value < rule.min || value > rule.max);
  if (outside !== undefined) return `The ${rule.name} must be from ${rule.min} to ${rule.max}, and ${outside} is not.`;
  if (first > last) return `In the field for the ${rule.name}, the range "${part}" ends before it begins.`;
  return null;
}

function numberOf(text: string, rule: FieldRule): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const word = rule.words.indexOf(text.toLowerCase());
  return word < 0 ? null : word + rule.min;
}

function unreadable(part: string, rule: FieldRule): string {
  const words = rule.words.length === 0 ? "" : ` or names such as ${(rule.words[1] ?? "").toUpperCase()}`;
  return `"${part}" cannot be read as the ${rule.name}. Use *, numbers${words}, lists (1,2), ranges (1-5) or steps (*/2).`;
}

// Where the weekday is limited too, either of the two is enough, and every weekday comes in every month.
function neverProblem([, , days = "*", months = "*", weekdays = "*"]: readonly string[]): string | null {
  if (days.startsWith("*") || weekdays !== "*") return null;
  const least = Math.min(...days.split(",").map((part) => firstOf(part, day)));
  const possible = longestMonths.some((length, index) => least <= length && holds(months, index + 1));
  return possible ? null : `This never happens: no month that it names has a day ${least}.`;
}

function holds(months: string, wanted: number): boolean {
  return months.split(",").some((part) => {
    const [range = "", step = "1"] = part.split("/");
    const [from = "", to = from] = range.split("-");
    const [first, last] = range === "*" ? [month.min, month.max] : [numberOf(from, month) ?? 0, numberOf(to, month) ?? 0];
    return wanted >= first && wanted <= last && (wanted - first) % Number(step) === 0;
  });
}

function firstOf(part: string, rule: FieldRule): number {
  return part.startsWith("*") ? rule.min : (numberOf(part.split(/[-/]/)[0] ?? "", rule) ?? rule.min);
}
