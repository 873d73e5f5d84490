import { describe, expect, it } from "vitest";
import { Pace } from "../../../src/engine/kernel/pace";

/** Runs slices on a host that takes `msPerItem` for each item, and gives the size of every slice. */
function sizes(msPerItem: number | ((slice: number) => number), slices: number): readonly number[] {
  let now = 0;
  const pace = new Pace({ monotonic: () => now });
  return Array.from({ length: slices }, (_, slice) => {
    const { items } = pace;
    pace.run(items, () => (now += items * (typeof msPerItem === "number" ? msPerItem : msPerItem(slice))));
    return items;
  });
}

describe("the pace of long work", () => {
  it("starts small, and grows on a fast host up to a bound", () => {
    expect(sizes(0.001, 6)).toEqual([50, 100, 200, 400, 500, 500]);
    expect(sizes(0, 6)).toEqual([50, 100, 200, 400, 500, 500]);
  });

  it("comes down to slices of four milliseconds on a slow one", () => {
    expect(sizes(0.1, 4)).toEqual([50, 40, 40, 40]);
    expect(sizes(0.25, 6)).toEqual([50, 25, 16, 16, 16, 16]);
    expect(sizes(100, 6)).toEqual([50, 25, 13, 10, 10, 10]);
  });

  it("follows a host that becomes slower and faster again", () => {
    expect(sizes((slice) => (slice < 3 ? 0.01 : slice < 5 ? 0.2 : 0.01), 8)).toEqual([50, 100, 200, 400, 200, 100, 200, 400]);
  });

  it("does not take a short last slice for a slow host, but a slow one it does", () => {
    let now = 0;
    const pace = new Pace({ monotonic: () => now });
    pace.run(3, () => (now += 1));
    expect(pace.items).toBe(50);
    pace.run(3, () => (now += 12));
    expect(pace.items).toBe(25);
  });

  it("counts the time up to the first await only, and gives the work's own result or error", async () => {
    let now = 0;
    const pace = new Pace({ monotonic: () => now });
    const value = await pace.run(50, async () => {
      now += 4;
      await Promise.resolve();
      now += 1_000;
      return "done";
    });
    expect([value, pace.items]).toEqual(["done", 50]);
    expect(() => pace.run(50, () => { throw new RangeError("no"); })).toThrow(RangeError);
    expect(pace.items).toBe(50);
  });
});
