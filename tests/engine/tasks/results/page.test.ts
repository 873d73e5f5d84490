import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ItemResult } from "../../../../src/engine/tasks/itemResult";
import { page, type PageRequest } from "../../../../src/engine/tasks/results/page";
import { done, failed, resultLines, streamed } from "./madeResults";

async function allPages(lines: readonly ItemResult[], order: PageRequest["order"], limit: number): Promise<ItemResult[]> {
  const all: ItemResult[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const found: Awaited<ReturnType<typeof page>> = await page(streamed(lines), { order, from, limit });
    expect(found.lines.length).toBeLessThanOrEqual(limit);
    all.push(...found.lines);
    from = found.next;
  }
  return all;
}

describe("pages of results", () => {
  it("are all lines in the order of time", async () => {
    await fc.assert(
      fc.asyncProperty(resultLines, fc.integer({ min: 1, max: 7 }), async (lines, limit) => {
        expect(await allPages(lines, "time", limit)).toEqual(lines);
      }),
    );
  });

  it("are the last lines in the order of items", async () => {
    await fc.assert(
      fc.asyncProperty(resultLines, fc.integer({ min: 1, max: 7 }), async (lines, limit) => {
        const last = [...new Map(lines.map((line) => [line.item, line])).values()].sort((a, b) => a.item - b.item);
        expect(await allPages(lines, "item", limit)).toEqual(last);
      }),
    );
  });

  it("skip items that have no line yet", async () => {
    const lines = [done(900), failed(2, "x", "x"), done(2)];
    expect(await page(streamed(lines), { order: "item", from: 0, limit: 10 })).toEqual({ lines: [done(2)], next: 900 });
    expect(await page(streamed(lines), { order: "item", from: 901, limit: 10 })).toEqual({ lines: [], next: null });
  });

  it("stop reading behind their last line in the order of time", async () => {
    let read = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<ItemResult> {
      try {
        for (;;) {
          await Promise.resolve();
          yield done((read += 1));
        }
      } finally {
        closed = true;
      }
    }
    const found = await page(endless(), { order: "time", from: 20, limit: 5 });
    expect([found.lines.map(({ item }) => item), found.next, read, closed]).toEqual([[21, 22, 23, 24, 25], 25, 26, true]);
  });

  it.each([
    [{ from: -1, limit: 1 }, "expected from to be a whole number from 0"],
    [{ from: 0.5, limit: 1 }, "got 0.5"],
    [{ from: 0, limit: 0 }, "expected limit to be a whole number from 1 to 500, got 0"],
    [{ from: 0, limit: 501 }, "got 501"],
    [{ from: 0, limit: Number.NaN }, "got NaN"],
  ])("refuse %j", async (request, message) => {
    await expect(page(streamed([]), { order: "time", ...request })).rejects.toThrow(RangeError);
    await expect(page(streamed([]), { order: "time", ...request })).rejects.toThrow(message);
  });
});
