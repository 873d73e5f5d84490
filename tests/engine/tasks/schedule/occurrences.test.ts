import { describe, expect, it, vi } from "vitest";
import { occurrencesOf } from "../../../../src/engine/tasks/schedule/occurrences";

function next(expression: string, zone: string, from: string, count: number): readonly string[] {
  return occurrencesOf(expression, zone)
    .next(count, Date.parse(from))
    .map((at) => new Date(at).toISOString().slice(0, 16));
}

describe("when a schedule comes due", () => {
  it("reads the fields in the zone that is given", () => {
    expect(next("0 9 * * MON-FRI", "Europe/Berlin", "2026-01-02T12:00Z", 3)).toEqual([
      "2026-01-05T08:00",
      "2026-01-06T08:00",
      "2026-01-07T08:00",
    ]);
    expect(next("@weekly", "America/New_York", "2026-07-01T12:00Z", 2)).toEqual(["2026-07-05T04:00", "2026-07-12T04:00"]);
  });

  it("takes the zone of the host without one", () => {
    const at = occurrencesOf("0 9 * * *", null).after(Date.UTC(2026, 0, 2)) ?? 0;
    expect([new Date(at).getHours(), new Date(at).getMinutes()]).toEqual([9, 0]);
  });

  it("is due when either the day of the month or the weekday fits", () => {
    expect(next("0 0 13 * FRI", "Etc/UTC", "2026-01-08T00:00Z", 4)).toEqual([
      "2026-01-09T00:00",
      "2026-01-13T00:00",
      "2026-01-16T00:00",
      "2026-01-23T00:00",
    ]);
  });

  it.each([
    ["Europe/Berlin", "30 2 * * *", "2026-03-28T12:00Z", ["2026-03-29T01:00", "2026-03-30T00:30"]],
    ["America/New_York", "30 2 * * *", "2026-03-07T12:00Z", ["2026-03-08T07:00", "2026-03-09T06:30"]],
    ["Europe/Berlin", "0 2,3 * * *", "2026-03-28T12:00Z", ["2026-03-29T01:00", "2026-03-30T00:00"]],
    ["America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00Z", ["2018-11-04T03:00", "2018-11-05T02:00"]],
  ])("in %s lets %s, which does not exist that day, come once when the clock has jumped", (zone, expression, from, expected) => {
    expect(next(expression, zone, from, 2)).toEqual(expected);
  });

  it.each([
    ["Europe/Berlin", "30 2 * * *", "2026-10-24T12:00Z", ["2026-10-25T00:30", "2026-10-26T01:30"]],
    ["America/New_York", "30 1 * * *", "2026-10-31T12:00Z", ["2026-11-01T05:30", "2026-11-02T06:30"]],
  ])("in %s lets %s, which exists twice that day, come once at the first time", (zone, expression, from, expected) => {
    expect(next(expression, zone, from, 2)).toEqual(expected);
  });

  it("leaves no interval longer or shorter where the clock jumps", () => {
    expect(next("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:15Z", 4)).toEqual([
      "2026-03-29T00:30",
      "2026-03-29T01:00",
      "2026-03-29T01:30",
      "2026-03-29T02:00",
    ]);
    expect(next("*/30 * * * *", "America/New_York", "2026-11-01T05:15Z", 4)).toEqual([
      "2026-11-01T05:30",
      "2026-11-01T06:00",
      "2026-11-01T06:30",
      "2026-11-01T07:00",
    ]);
  });

  it.each([
    ["30 2 * * *", "Europe/Berlin", "2026-03-27T00:00Z"],
    ["30 2 * * *", "Europe/Berlin", "2026-10-23T00:00Z"],
    ["0 1-3 * * *", "America/New_York", "2026-10-31T00:00Z"],
    ["*/20 1-2 * * *", "America/New_York", "2026-11-01T00:00Z"],
    ["*/20 1-2 * * *", "America/New_York", "2026-03-08T00:00Z"],
  ])("finds backwards what it finds forwards: %s in %s from %s", (expression, zone, from) => {
    const occurrences = occurrencesOf(expression, zone);
    const found = occurrences.next(12, Date.parse(from));
    expect(found).toHaveLength(12);
    found.forEach((at, index) => {
      expect(occurrences.upTo(at)).toBe(at);
      expect(occurrences.upTo((found[index + 1] ?? at + 2) - 1)).toBe(at);
      expect(occurrences.after(at - 1)).toBe(at);
    });
  });

  it("starts no timer", () => {
    vi.useFakeTimers();
    try {
      occurrencesOf("* * * * *", null).next(5, 0);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
