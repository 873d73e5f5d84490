import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ItemResult } from "../../../../src/engine/tasks/itemResult";
import { lastLinesOnly } from "../../../../src/engine/tasks/results/lastLinesOnly";
import { collected, done, failed, resultLines, streamed } from "./madeResults";

describe("the last lines of items", () => {
  it("are each item's last one, in the order of time", async () => {
    await fc.assert(
      fc.asyncProperty(resultLines, async (lines) => {
        const expected = lines.filter((line, index) => !lines.slice(index + 1).some(({ item }) => item === line.item));
        expect(await collected(lastLinesOnly(() => streamed(lines)))).toEqual(expected);
      }),
    );
  });

  it("leave out what is added while they are read", async () => {
    const lines: ItemResult[] = [failed(0, "x", "x"), done(1)];
    const found: ItemResult[] = [];
    for await (const line of lastLinesOnly(() => streamed(lines))) {
      found.push(line);
      lines.push(done(0), done(2));
    }
    expect(found).toEqual([failed(0, "x", "x"), done(1)]);
  });
});
