import fc from "fast-check";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../src/engine/kernel/json";
import type { ItemResult } from "../../../../src/engine/tasks/itemResult";
import { aggregate } from "../../../../src/engine/tasks/results/aggregate";
import type { ResultSummary } from "../../../../src/engine/tasks/results/summary";
import { ManualClock } from "../../../fakes/manualClock";
import { cancelled, done, failed, resultLines, streamed } from "./madeResults";

const clock = new ManualClock();

function summaryOf(lines: Iterable<ItemResult>, isValid?: (value: JsonValue) => boolean): Promise<ResultSummary> {
  return aggregate(streamed(lines), isValid === undefined ? { clock } : { clock, isValid });
}

describe("aggregate", () => {
  it("says what nothing comes to", async () => {
    const nothing = { mean: 0, p50: null, p95: null, p99: null, max: 0 };
    expect(await summaryOf([])).toEqual({
      lines: 0,
      items: 0,
      done: 0,
      failed: 0,
      cancelled: 0,
      valid: 0,
      runs: 0,
      wait: nothing,
      run: nothing,
      workMs: 0,
      elapsedMs: 0,
      topErrors: [],
      domains: [],
    });
  });

  it("counts an item once, with its later line", async () => {
    const first = [failed(0, "busy", "The file is busy.", { runMs: 900 }), done(1)];
    const again = await summaryOf([...first, done(0, { attempts: 2, runMs: 30 })]);
    expect(again).toMatchObject({ lines: 3, items: 2, done: 2, failed: 0, runs: 3, workMs: 40, topErrors: [] });
    expect(again.run.max).toBe(30);
    expect(await summaryOf(first)).toMatchObject({ lines: 2, done: 1, failed: 1, workMs: 910 });
  });

  it("keeps the times of an item that was cancelled before it ran out of the durations", async () => {
    const summary = await summaryOf([done(0, { at: 5_000, runMs: 100 }), cancelled(1, { at: 9_000 }), cancelled(2, { at: 6_000, attempts: 1, runMs: 50 })]);
    expect(summary).toMatchObject({ done: 1, cancelled: 2, runs: 1, workMs: 150, elapsedMs: 1_100 });
    expect(summary.run.mean).toBe(75);
  });

  it("gives the percentiles of a thousand durations within 9 %", async () => {
    const { run, wait } = await summaryOf(Array.from({ length: 1_000 }, (_, item) => done(item, { runMs: item + 1, waitMs: 2 * (item + 1) })));
    expect([run.mean, run.max, wait.mean]).toEqual([500.5, 1_000, 1_001]);
    for (const [found, exact] of [[run.p50, 500], [run.p95, 950], [run.p99, 990], [wait.p95, 1_900]] as const) {
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found).toBeLessThanOrEqual(exact * 1.0906);
    }
  });

  it("names the ten most frequent errors, each with its newest message", async () => {
    const lines = Array.from({ length: 12 }, (_, code) => code).flatMap((code) =>
      Array.from({ length: code + 1 }, (_, time) => failed(100 * code + time, `e${code}`, `message ${code}.${time}`)),
    );
    const { topErrors } = await summaryOf(lines);
    expect(topErrors).toHaveLength(10);
    expect(topErrors[0]).toEqual({ class: "data", code: "e11", count: 12, sample: "message 11.11" });
    expect(topErrors[9]).toEqual({ class: "data", code: "e2", count: 3, sample: "message 2.2" });
  });

  it("tells the domains apart, the largest first", async () => {
    const lines = [done(0, { domain: "b", runMs: 10 }), failed(1, "x", "x", { domain: "a", runMs: 4 }), done(2, { domain: "a", runMs: 8 }), cancelled(3, { domain: "c" })];
    expect((await summaryOf(lines)).domains).toEqual([
      { domain: "a", items: 2, done: 1, failed: 1, cancelled: 0, meanRunMs: 6, maxRunMs: 8 },
      { domain: "b", items: 1, done: 1, failed: 0, cancelled: 0, meanRunMs: 10, maxRunMs: 10 },
      { domain: "c", items: 1, done: 0, failed: 0, cancelled: 1, meanRunMs: 0, maxRunMs: 0 },
    ]);
  });

  it("asks for the shape of done results", async () => {
    const lines = [done(0, { value: { path: "a" } }), done(1, { value: "text" }), failed(2, "x", "x")];
    expect((await summaryOf(lines, (value) => typeof value === "object")).valid).toBe(1);
    expect((await summaryOf(lines)).valid).toBe(2);
  });

  it("agrees with a naive count of any lines", async () => {
    await fc.assert(
      fc.asyncProperty(resultLines, async (lines) => {
        const last = [...new Map(lines.map((line) => [line.item, line])).values()];
        const count = (status: string): number => last.filter((line) => line.status === status).length;
        const summary = await summaryOf(lines);
        expect([summary.lines, summary.items]).toEqual([lines.length, last.length]);
        expect([summary.done, summary.failed, summary.cancelled]).toEqual([count("done"), count("failed"), count("cancelled")]);
        expect(summary.workMs).toBe(last.reduce((sum, line) => sum + line.runMs, 0));
        expect(summary.topErrors.reduce((sum, error) => sum + error.count, 0)).toBe(summary.failed);
        expect(summary.domains.reduce((sum, domain) => sum + domain.items, 0)).toBe(summary.items);
      }),
    );
  });

  it("rejects as its source does", async () => {
    async function* broken(): AsyncGenerator<ItemResult> {
      yield done(0);
      await Promise.resolve();
      throw new Error("the disk is gone");
    }
    await expect(aggregate(broken(), { clock })).rejects.toThrow("the disk is gone");
  });

  it("holds no value of a thousand results of 10 kB", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    let held = Infinity;
    async function* large(): AsyncGenerator<ItemResult> {
      for (let item = 0; item < 1_000; item += 1) {
        await Promise.resolve();
        yield JSON.parse(JSON.stringify(done(item, { value: `${item} `.repeat(2_500) }))) as ItemResult;
      }
      collect();
      held = process.memoryUsage().heapUsed - before;
    }
    expect((await aggregate(large(), { clock })).done).toBe(1_000);
    expect(held).toBeLessThan(2_000_000);
  });
});
