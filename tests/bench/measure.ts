/** One table of the benchmark page. Cells are ready to print. */
export interface Report {
  readonly title: string;
  /** What is measured, beside what, and what it should reach. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Variant {
  readonly name: string;
  /** Does the work once and resolves with the figure of this round. */
  readonly run: () => Promise<number> | number;
}

export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: readonly number[];
}

/** Runs every variant once in each round, so that a slow moment of the machine meets them all. The first round warms up. */
export async function inRounds(variants: readonly Variant[], rounds = 5): Promise<readonly Measured[]> {
  const figures = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of variants) {
      globalThis.gc?.();
      const figure = await run();
      if (round > 0) figures.get(name)?.push(figure);
    }
  }
  return variants.map(({ name }) => summary(name, figures.get(name) ?? []));
}

export function summary(name: string, rounds: readonly number[]): Measured {
  const sorted = [...rounds].sort((a, b) => a - b);
  return { name, median: quantile(sorted, 0.5), least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN, rounds };
}

/** Of sorted numbers, the nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The median of the ratios inside each round. */
export function ratio(of: Measured | undefined, to: Measured | undefined): number {
  const ratios = (of?.rounds ?? []).map((figure, round) => figure / (to?.rounds[round] ?? Number.NaN));
  return summary("", ratios).median;
}

export async function milliseconds(work: () => Promise<unknown> | void): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function spread(measured: Measured | undefined, print: (figure: number) => string): string {
  if (measured === undefined) return "not measured";
  return `${print(measured.median)} (${print(measured.least)}–${print(measured.most)})`;
}

export const ms = (figure: number): string => `${figure < 10 ? figure.toFixed(2) : Math.round(figure)} ms`;
export const perSecond = (figure: number): string => `${Math.round(figure).toLocaleString("en")}/s`;
export const times = (figure: number): string => `${figure.toFixed(2)} ×`;

/** The last line of standard output is what the runner reads. */
export function publish(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
