import { describe, expect, it } from "vitest";
import { pressureAfter, type Pressure } from "../../../../src/engine/batch/policy/pressure";

/** The levels that follow when so many of 100 items wait, one after the other. */
function levels(...waiting: readonly number[]): readonly Pressure[] {
  let level: Pressure = "ok";
  return waiting.map((count) => (level = pressureAfter(level, { waiting: count, capacity: 100, behind: false })));
}

describe("back-pressure", () => {
  it("is slow from four fifths on, and until less than half is full", () => {
    expect(levels(0, 79, 80, 79, 50, 49, 79)).toEqual(["ok", "ok", "slow", "slow", "slow", "ok", "ok"]);
  });

  it("spills when memory is full, and until it is less than four fifths full", () => {
    expect(levels(100, 99, 80, 79, 49)).toEqual(["spill", "spill", "spill", "slow", "ok"]);
  });

  it("spills while something waits on disk, however little waits in memory", () => {
    const behind = pressureAfter("ok", { waiting: 0, capacity: 100, behind: true });
    expect(behind).toBe("spill");
    expect(pressureAfter(behind, { waiting: 0, capacity: 100, behind: false })).toBe("ok");
    expect(pressureAfter(behind, { waiting: 75, capacity: 100, behind: false })).toBe("slow");
  });
});
