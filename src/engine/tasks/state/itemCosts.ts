/** So many items in a row of one cost. */
export type CostRun = readonly [count: number, cost: number];

/** What each item of a task is expected to take, in milliseconds: the weight of the item in the progress. */
export interface ItemCosts {
  readonly total: number;
  of(item: number): number;
  /** The same as runs, which is short where kinds say the same of most items. */
  readonly runs: readonly CostRun[];
}

/** Collects costs in the order of the items. */
export class CostCollector {
  private readonly runs: [count: number, cost: number][] = [];

  add(cost: number): void {
    const rounded = roundedCost(cost);
    const last = this.runs.at(-1);
    if (last !== undefined && last[1] === rounded) last[0] += 1;
    else this.runs.push([1, rounded]);
  }

  done(): ItemCosts {
    return costsOfRuns(this.runs);
  }
}

export function costsOfRuns(runs: readonly CostRun[]): ItemCosts {
  const total = runs.reduce((sum, [count, cost]) => sum + count * cost, 0);
  const only = runs.length === 1 ? runs[0] : undefined;
  if (only !== undefined) return { total, runs, of: () => only[1] };
  const costs = new Float32Array(runs.reduce((sum, [count]) => sum + count, 0));
  let item = 0;
  for (const [count, cost] of runs) costs.fill(cost, item, (item += count));
  return { total, runs, of: (index) => costs[index] ?? 0 };
}

/** Two digits: an estimate is no better than that, and neighbours that are alike then share a run. */
function roundedCost(cost: number): number {
  return Number.isFinite(cost) && cost > 0 ? Number(cost.toPrecision(2)) : 1;
}
