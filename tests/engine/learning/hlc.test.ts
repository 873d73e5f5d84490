import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatHlc, nextHlc, parseHlc } from "../../../src/engine/learning/hlc";

const now = 1_700_000_000_000;

describe("the text of a clock", () => {
  it("is padded, so that text order is clock order", () => {
    expect(formatHlc({ ms: 5, counter: 7, device: "dev-1" })).toBe("0000000000005-000007-dev-1");
  });

  it("is read back, hyphens of the device included", () => {
    expect(parseHlc("1700000000000-000012-a-b-c")).toEqual({ ms: 1_700_000_000_000, counter: 12, device: "a-b-c" });
  });

  it.each(["", "1-2-a", "1700000000000-000012-", "1700000000000-000012", "170000000000x-000012-a", " 1700000000000-000012-a"])(
    "is not %j",
    (text) => {
      expect(parseHlc(text)).toBeNull();
    },
  );
});

describe("the next clock", () => {
  it.each([
    ["the first, at the given time", null, now - 5, "1699999999995-000000-d"],
    ["a later time", "1600000000000-000009-z", now, "1700000000000-000000-d"],
    ["the same time", "1700000000000-000009-z", now, "1700000000000-000010-d"],
    ["an earlier time", "1700000000001-000000-a", now, "1700000000001-000001-d"],
    ["a full counter", "1700000000000-999999-a", now, "1700000000001-000000-d"],
    ["five minutes ahead", null, now + 300_000, "1700000300000-000000-d"],
    ["more than five minutes ahead, as now", null, now + 300_001, "1700000000000-000000-d"],
    ["a fraction", null, now + 0.9, "1700000000000-000000-d"],
    ["a negative time", null, -1, "0000000000000-000000-d"],
    ["no number", null, Number.NaN, "0000000000000-000000-d"],
    ["infinity", null, Number.POSITIVE_INFINITY, "0000000000000-000000-d"],
  ])("is %s", (_, last, ms, next) => {
    expect(nextHlc(last, ms, now, "d")).toBe(next);
  });

  it("fits its digits also when the host's clock is wild", () => {
    expect(nextHlc(null, 1e300, 1e300, "d")).toBe("9999999999999-000000-d");
  });

  it("refuses to promise order after what is no clock", () => {
    expect(() => nextHlc("yesterday", now, now, "d")).toThrow(TypeError);
    expect(() => nextHlc("9999999999999-999999-d", now, now, "d")).toThrow(RangeError);
  });

  it("always grows, whatever the times and devices", () => {
    const step = fc.record({
      ms: fc.oneof(fc.integer({ min: now - 10, max: now + 10 }), fc.double()),
      now: fc.oneof(fc.integer({ min: now - 10, max: now + 10 }), fc.constant(0)),
      device: fc.constantFrom("a", "zz", "b-c"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let last: string | null = null;
        for (const one of steps) {
          const next = nextHlc(last, one.ms, one.now, one.device);
          if (last !== null) expect(next > last).toBe(true);
          last = next;
        }
      }),
    );
  });
});
