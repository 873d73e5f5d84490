import type { ResultSummary } from "./summary";

export type QualityCount = "total" | "ended" | "done" | "runs" | "valid";

export interface QualityPart {
  readonly name: string;
  readonly weight: number;
  readonly of: QualityCount;
  readonly among: QualityCount;
}

/** The parts of the score. The weights add up to 1. */
export const qualityParts: readonly QualityPart[] = [
  { name: "completeness", weight: 0.3, of: "ended", among: "total" },
  { name: "success", weight: 0.4, of: "done", among: "ended" },
  { name: "few retries", weight: 0.1, of: "ended", among: "runs" },
  { name: "valid results", weight: 0.2, of: "valid", among: "done" },
];

const meaning: Readonly<Record<QualityCount, string>> = {
  total: "items of the task",
  ended: "items that are done or failed",
  done: "items that are done",
  runs: "runs of the ended items, the repeated ones too",
  valid: "done items whose result has the shape that their kind promises",
};

/** The formula for people, made of the same parts as the score. */
export const qualityFormula: string = qualityParts
  .map(({ weight, of, among }) => `${weight} × ${of} ÷ ${among}`)
  .join(" + ");

/** What the names in the formula stand for, and what is not in it. */
export const qualityLegend: readonly string[] = [
  ...Object.entries(meaning).map(([name, text]) => `${name}: ${text}`),
  "A part that would be divided by 0 counts as 0.",
];

/** From 0 to 1, to three decimals: how far the results of a task can be relied on. `total` is the number of its items. */
export function qualityScore(summary: Pick<ResultSummary, "done" | "failed" | "runs" | "valid">, total: number): number {
  const { done, failed, runs, valid } = summary;
  const counts: Readonly<Record<QualityCount, number>> = { total, ended: done + failed, done, runs, valid };
  const score = qualityParts.reduce((sum, { weight, of, among }) => sum + weight * share(counts[of], counts[among]), 0);
  // The sum of the weights as floating point is a little less than 1.
  return Math.round(score * 1000) / 1000;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}
