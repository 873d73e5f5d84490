import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RangeSet } from "../../../src/engine/journal/ranges";

const small = fc.integer({ min: 1, max: 40 });
const span = fc.tuple(small, fc.nat(8)).map(([from, length]) => [from, from + length] as const);
const one = small.map((value) => [value, value] as const);
const step = fc.record({ op: fc.constantFrom("add", "remove"), span: fc.oneof(span, one) });

function numbers([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function setOf(ranges: RangeSet): number[] {
  return [...ranges.values()];
}

function sorted(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

describe("a range set", () => {
  it("is a set of numbers, whatever is added and removed", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ranges = new RangeSet();
        const plain = new Set<number>();
        for (const { op, span: [from, to] } of steps) {
          if (op === "remove") ranges.removeRange(from, to);
          else if (from === to) ranges.add(from);
          else ranges.addRange(from, to);
          for (const value of numbers([from, to])) plain[op === "add" ? "add" : "delete"](value);
        }
        expect(setOf(ranges)).toEqual(sorted(plain));
        expect(ranges.count).toBe(plain.size);
        expect(ranges.last).toBe(sorted(plain).at(-1) ?? null);
        for (let value = 0; value < 60; value += 1) expect(ranges.has(value)).toBe(plain.has(value));
      }),
    );
  });

  it("keeps as few ranges as there can be", () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
        const kept = [...RangeSet.of(spans).ranges()];
        kept.forEach(([from, to], index) => {
          expect(from).toBeLessThanOrEqual(to);
          const before = kept[index - 1];
          if (before !== undefined) expect(from).toBeGreaterThan(before[1] + 1);
        });
      }),
    );
  });

  it("takes one set from another", () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(span), span, (left, right, [from, to]) => {
        const [a, b] = [RangeSet.of(left), RangeSet.of(right)];
        const rest = a.minus(b);
        expect(setOf(rest)).toEqual(setOf(a).filter((value) => !b.has(value)));
        expect(setOf(a)).toEqual(sorted(new Set(left.flatMap(numbers))));
        expect(a.touches(from, to)).toBe(numbers([from, to]).some((value) => a.has(value)));
      }),
    );
  });

  it("keeps a million numbers in order as one range", () => {
    const ranges = new RangeSet();
    for (let value = 1; value <= 1_000_000; value += 1) ranges.add(value);
    expect([...ranges.ranges()]).toEqual([[1, 1_000_000]]);
    expect(ranges.count).toBe(1_000_000);
  });

  it.each([[2, 1], [1.5, 2], [Number.NaN, 1], [1, Number.POSITIVE_INFINITY]])("refuses %j to %j", (from, to) => {
    expect(() => new RangeSet().addRange(from, to)).toThrow(RangeError);
  });
});
