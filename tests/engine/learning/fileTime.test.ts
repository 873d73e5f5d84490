import { expect, it } from "vitest";
import { fileTime, wholeTime } from "../../../src/engine/learning/fileTime";

it.each([
  ["a first event has the file's time, whole", 1_700_000_000_123.75, null, 1_700_000_000_123],
  ["a whole millisecond that a copy brought back as a bit less", 1_789_999_703_703.999, null, 1_789_999_703_704],
  ["what lies clearly before a millisecond stays there", 1_789_999_703_703.998, null, 1_789_999_703_703],
  ["a later file time stands", 2000, 1000, 2000],
  ["an equal file time moves on", 1000, 1000, 1001],
  ["an earlier file time moves on", 10, 1000, 1001],
  ["a time that makes no sense is the start of time", Number.NaN, null, 0],
  ["a negative time is the start of time", -5, null, 0],
])("%s", (_, mtime, lastAt, at) => {
  expect(fileTime(mtime, lastAt)).toBe(at);
});

it("keeps times within what a date can hold", () => {
  expect(wholeTime(1e300)).toBe(8.64e15);
  expect(wholeTime(Number.POSITIVE_INFINITY)).toBe(0);
});
