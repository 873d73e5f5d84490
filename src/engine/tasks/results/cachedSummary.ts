import type { ItemResult } from "../itemResult";
import { aggregate, type AggregateOptions } from "./aggregate";
import type { ResultSummary } from "./summary";

export interface CountedResults {
  /** Lines that there are now. Lines are only ever added, so the same number means the same lines. */
  lines(): number;
  stream(): AsyncIterable<ItemResult>;
}

/** The summary of one task's results, made anew only after a line was added. Callers who ask at once share one reading. */
export class CachedSummary {
  private known: { readonly lines: number; readonly summary: Promise<ResultSummary> } | null = null;

  constructor(
    private readonly results: CountedResults,
    private readonly options: AggregateOptions,
  ) {}

  /** Rejects as the results do when they cannot be read; the next call then reads them again. */
  get(): Promise<ResultSummary> {
    // Counted before the reading: a line that comes meanwhile may be in it or not, and has to be asked for again.
    const lines = this.results.lines();
    if (this.known?.lines === lines) return this.known.summary;
    const summary = aggregate(this.results.stream(), this.options);
    const known = { lines, summary };
    this.known = known;
    summary.catch(() => {
      if (this.known === known) this.known = null;
    });
    return summary;
  }
}
