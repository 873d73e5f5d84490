import { beforeEach, describe, expect, it } from "vitest";
import type { Overflow, Taken } from "../../src/engine/batch/batcher/overflow";

/** An overflow under test, with room for exactly so many items. */
export interface OverflowUnderTest {
  readonly overflow: Overflow<string>;
  /** From now on it cannot keep anything. */
  readonly break: () => void;
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => `i${from + index}`);
const given = (...items: readonly string[]): Taken<string>[] => items.map((item) => ({ kind: "item", item }));

/** What every overflow must do. */
export function overflowContract(name: string, make: (room: number) => OverflowUnderTest): void {
  describe(`${name} as an overflow`, () => {
    let overflow: Overflow<string>;
    let breakIt: () => void;

    beforeEach(() => {
      ({ overflow, break: breakIt } = make(5_000));
    });

    it("gives items out in the order in which they were put, each once", async () => {
      expect(await overflow.put("d", ["a", "b"])).toBe(true);
      expect(await overflow.put("d", ["c"])).toBe(true);
      expect(await overflow.take("d", 1)).toEqual(given("a"));
      await overflow.put("d", ["d"]);
      const rest: Taken<string>[] = [];
      for (let next = await overflow.take("d", 10); next.length > 0; next = await overflow.take("d", 10)) rest.push(...next);
      expect(rest).toEqual(given("b", "c", "d"));
      expect(await overflow.take("d", 10)).toEqual([]);
    });

    it("keeps order over many items, with puts and takes in turns", async () => {
      const taken: Taken<string>[] = [];
      for (let from = 0; from < 4_000; from += 500) {
        await overflow.put("d", numbers(from, from + 500));
        taken.push(...(await overflow.take("d", 300)));
      }
      for (let next = await overflow.take("d", 999); next.length > 0; next = await overflow.take("d", 999)) taken.push(...next);
      expect(taken).toEqual(given(...numbers(0, 4_000)));
    });

    it("keeps domains apart, whatever their names", async () => {
      const names = ["a", "a/b", "../a", "__proto__", "ä \n"];
      for (const domain of names) await overflow.put(domain, [domain]);
      for (const domain of names) expect(await overflow.take(domain, 5)).toEqual(given(domain));
      expect(await overflow.take("never", 5)).toEqual([]);
    });

    it("says so when there is no room, keeps none of them, and has room again later", async () => {
      expect(await overflow.put("d", numbers(0, 4_999))).toBe(true);
      expect(await overflow.put("e", ["x", "y"])).toBe(false);
      expect(await overflow.take("e", 5)).toEqual([]);
      expect(await overflow.put("e", ["x"])).toBe(true);
      const taken = await overflow.take("d", 10);
      expect(await overflow.put("e", numbers(0, taken.length))).toBe(true);
    });

    it("forgets a domain on request, and what it took up is free", async () => {
      await overflow.put("d", numbers(0, 5_000));
      await overflow.take("d", 1);
      await overflow.clear("d");
      await overflow.clear("d");
      expect(await overflow.take("d", 1)).toEqual([]);
      expect(await overflow.put("d", numbers(0, 5_000))).toBe(true);
    });

    it("rejects what it cannot keep, and gives out nothing of it", async () => {
      await overflow.put("d", ["a"]);
      breakIt();
      await expect(overflow.put("d", ["b"])).rejects.toThrow();
    });
  });
}
