import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayAfter, daysBetween, localDays } from "../../../../src/engine/flow/recall/localDays";

const zones = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo"];

describe("days of a place", () => {
  it("begin where the day before ends, through every change of the clocks", () => {
    const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (zone, at) => {
        const days = localDays(zone);
        const day = days.dayOf(at);
        expect(days.startOf(day)).toBeLessThanOrEqual(at);
        expect(days.startOf(dayAfter(day, 1))).toBeGreaterThan(at);
        expect(days.dayOf(days.startOf(day))).toBe(day);
        expect(days.dayOf(days.startOf(day) - 1) < day).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("have 23 and 25 hours where clocks are put forward and back", () => {
    const days = localDays("Europe/Berlin");
    const hours = (day: string): number => (days.startOf(dayAfter(day, 1)) - days.startOf(day)) / 3_600_000;
    expect([hours("2026-03-29"), hours("2026-10-25"), hours("2026-06-01")]).toEqual([23, 25, 24]);
  });

  it("begin at one o'clock where there is no midnight", () => {
    expect(new Date(localDays("Africa/Cairo").startOf("2024-04-26")).toISOString()).toBe("2024-04-25T22:00:00.000Z");
  });

  it("are counted over the ends of months and years", () => {
    expect(dayAfter("2027-12-31", 1)).toBe("2028-01-01");
    expect(dayAfter("2028-03-01", -1)).toBe("2028-02-29");
    expect(daysBetween("2028-01-01", "2027-12-25")).toBe(-7);
  });
});
