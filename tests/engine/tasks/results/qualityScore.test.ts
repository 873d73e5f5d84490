import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { qualityFormula, qualityLegend, qualityParts, qualityScore } from "../../../../src/engine/tasks/results/qualityScore";

const counts = fc
  .record({ done: fc.nat(50), failed: fc.nat(50), repeated: fc.nat(50), open: fc.nat(50), invalid: fc.nat(50) })
  .map(({ done, failed, repeated, open, invalid }) => ({
    done,
    failed,
    runs: done + failed === 0 ? 0 : done + failed + repeated,
    valid: Math.max(0, done - invalid),
    total: done + failed + open,
  }));

/** Reads the text as a person would: products of a weight and a ratio, added up. */
function byText(formula: string, values: Readonly<Record<string, number>>): number {
  return formula.split(" + ").reduce((sum, part) => {
    const match = /^([\d.]+) × (\w+) ÷ (\w+)$/.exec(part);
    if (match === null) throw new Error(`${part} is no part of a formula`);
    const [, weight, of = "", among = ""] = match;
    const [above, below] = [values[of], values[among]];
    if (above === undefined || below === undefined) throw new Error(`${part} names something unknown`);
    return sum + Number(weight) * (below === 0 ? 0 : above / below);
  }, 0);
}

describe("the quality score", () => {
  it("is what its formula says", () => {
    fc.assert(
      fc.property(counts, ({ total, ...summary }) => {
        const values = { ...summary, total, ended: summary.done + summary.failed };
        expect(qualityScore(summary, total)).toBeCloseTo(byText(qualityFormula, values), 2);
      }),
    );
  });

  it("lies between 0 and 1, and is 1 only where everything went well at once", () => {
    fc.assert(
      fc.property(counts, ({ total, ...summary }) => {
        const score = qualityScore(summary, total);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        const { done, failed, runs, valid } = summary;
        if (total > 0 && score === 1) expect([failed, runs, valid, done]).toEqual([0, total, total, total]);
      }),
    );
    expect(qualityScore({ done: 7, failed: 0, runs: 7, valid: 7 }, 7)).toBe(1);
    expect(qualityScore({ done: 0, failed: 0, runs: 0, valid: 0 }, 0)).toBe(0);
  });

  it.each([
    ["an item that is missing", { done: 9, failed: 0, runs: 9, valid: 9 }, 0.97],
    ["an item that failed", { done: 9, failed: 1, runs: 10, valid: 9 }, 0.96],
    ["an item that ran twice", { done: 10, failed: 0, runs: 11, valid: 10 }, 0.991],
    ["a result without its shape", { done: 10, failed: 0, runs: 10, valid: 9 }, 0.98],
  ])("falls by %s", (_, summary, score) => {
    expect(qualityScore(summary, 10)).toBe(score);
  });

  it("is explained in the documentation as it is computed", () => {
    const page = readFileSync("docs/tasks.md", "utf8");
    expect(page).toContain(qualityFormula);
    for (const line of qualityLegend) expect(page).toContain(line.replace(/^(\w+): /, "`$1`: "));
  });

  it("has weights that add up to 1 and a word for every name", () => {
    expect(qualityParts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    const named = new Set(qualityParts.flatMap(({ of, among }) => [of, among]));
    for (const name of named) expect(qualityLegend.some((line) => line.startsWith(`${name}: `))).toBe(true);
  });
});
