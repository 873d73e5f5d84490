import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvChunks } from "../../../../src/engine/tasks/export/csvChunks";
import { resultTable } from "../../../../src/engine/tasks/export/resultTable";
import { cancelled, collected, done, failed, resultLines, streamed } from "../results/madeResults";
import { readCsv } from "./readCsv";

describe("the table of results", () => {
  it("has a line of its own for each status", async () => {
    const lines = [done(0, { value: { path: "=x" }, at: 0 }), done(1, { value: -2 }), failed(2, "busy", "-no, busy"), cancelled(3, { at: 1e300 })];
    const [, ...rows] = readCsv((await collected(csvChunks(resultTable, streamed(lines)))).join(""));
    expect(rows).toEqual([
      ["0", "done", "local", "1", "5", "10", "1970-01-01T00:00:00.000Z", '{"path":"=x"}', "", "", ""],
      ["1", "done", "local", "1", "5", "10", "1970-01-01T00:00:01.000Z", "-2", "", "", ""],
      ["2", "failed", "local", "1", "5", "10", "1970-01-01T00:00:01.000Z", "", "data", "busy", "'-no, busy"],
      ["3", "cancelled", "local", "0", "0", "0", "1e+300", "", "", "", ""],
    ]);
  });

  it("fills every column of any line", () => {
    fc.assert(
      fc.property(resultLines, (lines) => {
        for (const line of lines) expect(resultTable.cells(line)).toHaveLength(resultTable.columns.length);
      }),
    );
  });
});
