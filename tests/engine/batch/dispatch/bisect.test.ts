import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoreFailure } from "../../../../src/engine/graph/port";
import type { AttemptOutcome } from "../../../../src/engine/batch/dispatch/attempt";
import { bisect, type BisectResult } from "../../../../src/engine/batch/dispatch/bisect";

const refused: StoreFailure = { kind: "failed", class: "data", code: "Bad", message: "Bad." };

interface Ran {
  readonly result: BisectResult<number>;
  readonly writes: readonly (readonly number[])[];
  readonly stored: readonly number[];
}

async function search(
  count: number,
  bad: ReadonlySet<number>,
  more: {
    mode?: "careful" | "patient";
    subject?: (item: number) => string;
    outcome?: (write: number) => AttemptOutcome | null;
    answer?: (part: readonly number[]) => AttemptOutcome | null;
    key?: (item: number) => string;
    guilty?: (item: number) => boolean;
  } = {},
): Promise<Ran> {
  const writes: (readonly number[])[] = [];
  const stored: number[] = [];
  const items = Array.from({ length: count }, (_, index) => index);
  const result = await bisect(items, refused, {
    mode: more.mode ?? "careful",
    subjectOf: more.subject ?? String,
    stored: (part) => stored.push(...part),
    keyOf: more.key ?? String,
    isGuilty: more.guilty ?? (() => false),
    write: (part) => {
      writes.push(part);
      const forced = more.outcome?.(writes.length) ?? more.answer?.(part) ?? null;
      return Promise.resolve(forced ?? (part.some((item) => bad.has(item)) ? refused : { kind: "stored" }));
    },
  });
  return { result, writes, stored };
}

describe("the search for refused items", () => {
  it.each([1, 2, 3, 64, 500, 2_000])(
    "finds one among %i in about 2 × log2(n) writes after the canary",
    async (count) => {
      for (const culprit of [0, Math.floor(count / 2), count - 1]) {
        const { result, writes, stored } = await search(count, new Set([culprit]));
        expect(writes[0]).toEqual([]);
        expect(writes.length - 1).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count)) + 1);
        expect(result).toMatchObject({ end: "found", rest: [] });
        expect(result.refused.map((one) => one.item)).toEqual([culprit]);
        expect(stored).toHaveLength(count - 1);
      }
    },
  );

  it("stores in order, and splits the items into stored, refused and the rest, whatever is bad", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.nat(119), { maxLength: 30 }),
        fc.boolean(),
        async (count, bad, patient) => {
          const { result, stored, writes } = await search(count, new Set(bad), {
            mode: patient ? "patient" : "careful",
          });
          expect(result.suspected).toEqual([]);
          const found = result.refused.map((one) => one.item);
          expect([...stored, ...found, ...result.rest].sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, index) => index),
          );
          expect(stored).toEqual([...stored].sort((a, b) => a - b));
          expect(result.rest).toEqual([...result.rest].sort((a, b) => a - b));
          for (const item of found) expect(bad).toContain(item);
          if (patient) expect(new Set(found)).toEqual(new Set(bad.filter((item) => item < count)));
          else expect(writes.length).toBeLessThanOrEqual(40);
        },
      ),
    );
  });

  it("blames none of the items when the empty batch is refused", async () => {
    const { result, writes } = await search(10, new Set([3]), { outcome: (write) => (write === 1 ? refused : null) });
    expect(writes).toHaveLength(1);
    expect(result).toMatchObject({ end: "stopped", failure: { class: "query" }, refused: [] });
    expect(result.rest).toHaveLength(10);
  });

  it("ends at its budget with what it has found, and goes on from there the next time", async () => {
    const bad = new Set([10, 200, 350, 470]);
    const { result, writes } = await search(500, bad);
    expect(writes).toHaveLength(40);
    expect(result.end).toBe("spent");
    expect(result.refused.length).toBeGreaterThan(0);
    expect(result.rest.length).toBeGreaterThan(0);
  });

  it("takes a fifth of the items for too many to blame", async () => {
    const { result } = await search(30, new Set([1, 5, 9, 13, 17, 21, 25, 29]));
    expect(result).toMatchObject({ end: "systemic", refused: [], failure: refused });
  });

  it("takes many refused items of one subject for one fault", async () => {
    const bad = new Set(Array.from({ length: 40 }, (_, index) => 20 + index));
    const { result, writes } = await search(100, bad, { subject: (item) => (bad.has(item) ? "node" : String(item)) });
    expect(result.end).toBe("found");
    expect(result.refused).toHaveLength(40);
    expect(writes.length).toBeLessThan(35);
  });

  it.each([
    ["unavailable", "stopped"],
    ["auth", "stopped"],
    ["contention", "stopped"],
  ] as const)("ends at once when the store meets %s, and blames nothing", async (of, end) => {
    const other: StoreFailure = { ...refused, class: of };
    const { result, writes, stored } = await search(100, new Set([99]), {
      outcome: (write) => (write === 4 ? other : null),
    });
    expect(writes).toHaveLength(4);
    expect(result).toMatchObject({ end, failure: other, refused: [] });
    expect(stored.length + result.rest.length).toBe(100);
  });

  describe("that fail for a reason which is not certain", () => {
    const unknown: StoreFailure = { ...refused, class: "unknown" };
    const on = (bad: readonly number[]) => {
      const all = new Set(bad);
      return (part: readonly number[]): AttemptOutcome | null => (part.some((item) => all.has(item)) ? unknown : null);
    };

    it("suspects one that fails alone while an empty batch works behind it, and stores the others at once", async () => {
      const { result, writes, stored } = await search(4, new Set(), { answer: on([0]) });
      expect(writes).toEqual([[], [0, 1], [0], [], [1], [2, 3]]);
      expect(result).toEqual({
        end: "found",
        failure: null,
        refused: [],
        suspected: [{ item: 0, failure: unknown }],
        rest: [0],
      });
      expect(stored).toEqual([1, 2, 3]);
    });

    it("suspects none when the empty batch fails too", async () => {
      const { result } = await search(4, new Set(), {
        outcome: (write) => (write >= 3 ? unknown : null),
        answer: on([0]),
      });
      expect(result).toMatchObject({ end: "stopped", failure: unknown, refused: [], suspected: [], rest: [0, 1, 2, 3] });
    });

    it("leaves what comes behind a suspect of its key, and stores other keys", async () => {
      const key = (item: number): string => (item % 2 === 0 ? "even" : "odd");
      const { result, stored } = await search(20, new Set(), { key, answer: on([6, 12]) });
      expect(stored).toEqual([0, 1, 2, 3, 4, 5, 7, 9, 11, 13, 15, 17, 19]);
      expect(result.suspected.map((one) => one.item)).toEqual([6]);
      expect(result.rest).toEqual([6, 8, 10, 12, 14, 16, 18]);
    });

    it("needs no other proof against the subject of one that was found guilty before", async () => {
      const { result } = await search(4, new Set(), { answer: on([2]), guilty: (item) => item === 2 });
      expect(result).toMatchObject({ end: "found", suspected: [], refused: [{ item: 2, failure: unknown }], rest: [] });
    });

    it("takes a fifth of the items for too many to suspect", async () => {
      const bad = [0, 1, 2, 3, 4, 5, 6, 7];
      const { result } = await search(30, new Set(), { answer: on(bad) });
      expect(result).toMatchObject({ end: "systemic", refused: [], suspected: [], failure: unknown });
    });
  });

  it("tries an item that is too big once more", async () => {
    const big: StoreFailure = { ...refused, class: "too-big" };
    const { result, writes } = await search(4, new Set(), {
      outcome: (write) => (write >= 3 && write <= 4 ? big : null),
    });
    expect(writes.slice(0, 4)).toEqual([[], [0, 1], [2], [2]]);
    expect(result.refused).toEqual([{ item: 2, failure: big }]);
  });

  it("takes the store for away, and no event to blame, when the empty batch meets an unknown failure", async () => {
    const unknown: StoreFailure = { ...refused, class: "unknown" };
    const { result } = await search(10, new Set([3]), { outcome: (write) => (write === 1 ? unknown : null) });
    expect(result).toMatchObject({ end: "stopped", failure: unknown, refused: [] });
  });

  it("tries a single item once more before it is blamed", async () => {
    const { result, stored } = await search(1, new Set());
    expect(result).toMatchObject({ end: "found", refused: [] });
    expect(stored).toEqual([0]);
  });
});
