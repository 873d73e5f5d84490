import fc from "fast-check";
import { expect, it } from "vitest";
import { parseDue } from "../../../src/engine/learning/dueDate";
import { parseIsoTime } from "../../../src/engine/learning/isoTime";

it.each([
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2024-05-01T10:20", "2024-05-01T10:20:00.000Z"],
  ["2024-05-01 10:20:30", "2024-05-01T10:20:30.000Z"],
  ["2024-05-01T10:20:30.5Z", "2024-05-01T10:20:30.500Z"],
  ["2024-05-01T10:20:30,123456+02:00", "2024-05-01T08:20:30.123Z"],
  ["2024-05-01T10:20:30.999999-0530", "2024-05-01T15:50:30.999Z"],
  [" 2024-05-01t10:20:30z ", "2024-05-01T10:20:30.000Z"],
  ["2024-05-01T00:30+05", "2024-04-30T19:30:00.000Z"],
])("reads %j as %s", (text, instant) => {
  expect(new Date(parseIsoTime(text)?.utcMs ?? Number.NaN).toISOString()).toBe(instant);
});

it.each(["", "2024", "2024-05", "2023-02-29", "2024-13-01", "2024-00-10", "2024-05-01T24:00", "2024-05-01T10:60", "2024-05-01T10:20:60", "2024-05-01T10", "01-05-2024", "2024-05-01T10:20+25:00", "yesterday", "1714557600000", "+012024-05-01"])(
  "does not read %j",
  (text) => {
    expect(parseIsoTime(text)).toBeNull();
  },
);

it("reads what every date writes", () => {
  const date = fc.date({ min: new Date("1000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
  fc.assert(
    fc.property(date, (any) => {
      expect(parseIsoTime(any.toISOString())?.utcMs).toBe(any.getTime());
    }),
  );
});

it.each([
  ["2024-05-01", "2024-05-01"],
  ["2024-05-01T00:00:00.000Z", "2024-05-01"],
  ["2024-05-01T00:00", "2024-05-01"],
  ["2024-05-01T02:00+02:00", "2024-05-01"],
  ["2024-05-01T10:20:30+02:00", "2024-05-01T08:20:30.000Z"],
  ["2024-05-01 10:20", "2024-05-01T10:20"],
  ["31-12-2024", "2024-12-31"],
  ["Tue Dec 31 2024", "2024-12-31"],
  ["Tue, Dec 31 2024 01:00:00 GMT+0100 (CET)", "2024-12-31"],
])("takes %j as due %s", (text, due) => {
  expect(parseDue(text)).toBe(due);
});

it.each(["", "soon", "31-02-2024", "Tue Foo 31 2024", "12/31/2024"])("does not take %j as due", (text) => {
  expect(parseDue(text)).toBeNull();
});
