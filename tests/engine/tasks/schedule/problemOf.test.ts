import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { occurrencesOf } from "../../../../src/engine/tasks/schedule/occurrences";
import { problemOf } from "../../../../src/engine/tasks/schedule/problemOf";

describe("what is wrong with the time of a schedule", () => {
  it.each([
    "* * * * *",
    "*/15 9-17 * * MON-FRI",
    "0 9 1,15 * *",
    "30 2 29 2 *",
    "0 0 * JAN,JUL sun",
    "0 0 * * 7",
    "0 8-20/2 * * *",
    "  5   4 * * *  ",
    "@hourly",
    "@daily",
    "@midnight",
    "@Weekly",
    "@monthly",
    "@yearly",
    "@annually",
    "0 0 31 */2 *",
    "0 0 30 2 1",
  ])("finds nothing wrong with %s", (expression) => {
    expect(problemOf(expression)).toBeNull();
  });

  it.each([
    ["", "Enter five fields"],
    ["0 0 9 * * 1", "six fields. Schedules have no seconds"],
    ["0 9 * *", "This has 4 fields. Five are needed"],
    ["tomorrow", "This has 1 field. Five are needed"],
    ["@reboot", "There is no @reboot. Use one of @hourly"],
    ["60 * * * *", "The minute must be from 0 to 59, and 60 is not."],
    ["0 24 * * *", "The hour must be from 0 to 23, and 24 is not."],
    ["0 0 0 * *", "The day of the month must be from 1 to 31, and 0 is not."],
    ["0 0 1 13 *", "The month must be from 1 to 12, and 13 is not."],
    ["0 0 * * 8", "The day of the week must be from 0 to 7, and 8 is not."],
    ["5/15 * * * *", "a step follows * or a range, as in */15 or 0-59/15."],
    ["*/0 * * * *", "must be a whole number from 1 to 59"],
    ["*/x * * * *", "must be a whole number from 1 to 59"],
    ["0 17-9 * * *", 'the range "17-9" ends before it begins'],
    ["0 9 * * Monday", '"Monday" cannot be read as the day of the week. Use *, numbers or names such as MON'],
    ["0 9 L * *", '"L" cannot be read as the day of the month'],
    ["1,,2 * * * *", '"" cannot be read as the minute'],
    ["-5 * * * *", '"-5" cannot be read as the minute'],
    ["1.5 * * * *", '"1.5" cannot be read as the minute'],
    ["1-2-3 * * * *", '"1-2-3" cannot be read as the minute'],
    ["0 0 30 2 *", "This never happens: no month that it names has a day 30."],
    ["0 0 31 FEB,APR,6-6 *", "no month that it names has a day 31."],
    ["0 0 31 4-11/5 *", "no month that it names has a day 31."],
  ])("says of %s what to do", (expression, words) => {
    expect(problemOf(expression)).toContain(words);
  });

  it("refuses exactly those well-formed expressions that never come due", () => {
    const field = (min: number, max: number): fc.Arbitrary<string> => {
      const one = fc.integer({ min, max });
      const range = fc.tuple(one, one).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
      const step = fc.integer({ min: 1, max });
      const stepped = fc.tuple(fc.oneof(fc.constant("*"), range), step).map(([from, by]) => `${from}/${by}`);
      const part = fc.oneof(one.map(String), range, stepped);
      return fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(","));
    };
    const dayOfMonth = fc.oneof(fc.constantFrom("30", "31", "31,30", "29-30", "30-31/2"), field(1, 31));
    const weekday = fc.oneof({ weight: 5, arbitrary: fc.constant("*") }, { weight: 1, arbitrary: field(0, 7) });
    fc.assert(
      fc.property(fc.tuple(field(0, 59), field(0, 23), dayOfMonth, field(1, 12), weekday), (fields) => {
        const expression = fields.join(" ");
        const first = occurrencesOf(expression, "Etc/UTC").after(Date.UTC(2030, 0, 1));
        expect([expression, problemOf(expression) === null]).toEqual([expression, first !== null]);
      }),
      { numRuns: 60 },
    );
  });
});
