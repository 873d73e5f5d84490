import { DurationTally } from "./durations";
import type { ErrorSample, LastLine } from "./lastLine";
import type { DomainSummary, ErrorCount, ResultSummary } from "./summary";

const TOP_ERRORS = 10;

interface DomainTally {
  readonly domain: string;
  done: number;
  failed: number;
  cancelled: number;
  runMs: number;
  maxRunMs: number;
}

/** Adds up the last lines of items. */
export class SummaryTally {
  private readonly counts = { done: 0, failed: 0, cancelled: 0 };
  private readonly sums = { valid: 0, runs: 0, workMs: 0 };
  private readonly span = { start: Infinity, end: -Infinity };
  private readonly wait = new DurationTally();
  private readonly run = new DurationTally();
  private readonly errors = new Map<string, number>();
  private readonly domains = new Map<string, DomainTally>();

  add(line: LastLine): void {
    this.counts[line.status] += 1;
    this.addTimes(line);
    this.addToDomain(line);
    if (line.valid) this.sums.valid += 1;
    if (line.error !== null) this.errors.set(line.error, (this.errors.get(line.error) ?? 0) + 1);
  }

  summary(lines: number, samples: ReadonlyMap<string, ErrorSample>): ResultSummary {
    const { done, failed, cancelled } = this.counts;
    return {
      lines,
      items: done + failed + cancelled,
      ...this.counts,
      ...this.sums,
      wait: this.wait.summary(),
      run: this.run.summary(),
      elapsedMs: Math.max(0, this.span.end - this.span.start),
      topErrors: this.topErrors(samples),
      domains: [...this.domains.values()].map(domainSummary).sort(largestFirst),
    };
  }

  // A cancelled item may never have run: its zeros would make the others look faster than they are.
  private addTimes({ status, attempts, at, runMs, waitMs }: LastLine): void {
    this.sums.workMs += runMs;
    if (status === "cancelled" && attempts === 0) return;
    this.wait.add(waitMs);
    this.run.add(runMs);
    this.span.start = Math.min(this.span.start, at - runMs);
    this.span.end = Math.max(this.span.end, at);
    if (status !== "cancelled") this.sums.runs += Math.max(1, attempts);
  }

  private addToDomain({ domain, status, runMs }: LastLine): void {
    const found = this.domains.get(domain) ?? { domain, done: 0, failed: 0, cancelled: 0, runMs: 0, maxRunMs: 0 };
    found[status] += 1;
    found.runMs += runMs;
    found.maxRunMs = Math.max(found.maxRunMs, runMs);
    this.domains.set(domain, found);
  }

  private topErrors(samples: ReadonlyMap<string, ErrorSample>): readonly ErrorCount[] {
    const counted = [...this.errors].flatMap(([key, count]) => {
      const sample = samples.get(key);
      return sample === undefined ? [] : [{ class: sample.class, code: sample.code, count, sample: sample.message }];
    });
    return counted.sort((a, b) => b.count - a.count || compareText(a.code, b.code)).slice(0, TOP_ERRORS);
  }
}

function domainSummary({ domain, done, failed, cancelled, runMs, maxRunMs }: DomainTally): DomainSummary {
  const items = done + failed + cancelled;
  return { domain, items, done, failed, cancelled, meanRunMs: runMs / items, maxRunMs };
}

function largestFirst(a: DomainSummary, b: DomainSummary): number {
  return b.items - a.items || compareText(a.domain, b.domain);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
