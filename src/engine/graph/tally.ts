import type { MasteryLevel } from "../learning/mastery";

/** How many live nodes have each level; `none` is no colour and every level that has no name here. */
export type LevelCounts = Readonly<Record<MasteryLevel | "none", number>>;

/** What is live on a canvas, in numbers. */
export interface Tally {
  readonly nodes: number;
  readonly edges: number;
  readonly levels: LevelCounts;
}

export const emptyTally: Tally = {
  nodes: 0,
  edges: 0,
  levels: { not_understood: 0, learning: 0, understood: 0, mastered: 0, none: 0 },
};

export function addNode(tally: Tally, level: string | null, count: 1 | -1): Tally {
  const key = levelKey(level);
  return { ...tally, nodes: tally.nodes + count, levels: { ...tally.levels, [key]: tally.levels[key] + count } };
}

export function addEdge(tally: Tally, count: 1 | -1): Tally {
  return { ...tally, edges: tally.edges + count };
}

export function sumTallies(tallies: Iterable<Tally>): Tally {
  const sum = { nodes: 0, edges: 0, levels: { ...emptyTally.levels } };
  for (const { nodes, edges, levels } of tallies) {
    sum.nodes += nodes;
    sum.edges += edges;
    sum.levels.not_understood += levels.not_understood;
    sum.levels.learning += levels.learning;
    sum.levels.understood += levels.understood;
    sum.levels.mastered += levels.mastered;
    sum.levels.none += levels.none;
  }
  return sum;
}

function levelKey(level: string | null): keyof LevelCounts {
  return level !== null && isNamed(level) ? level : "none";
}

function isNamed(level: string): level is MasteryLevel {
  return level === "not_understood" || level === "learning" || level === "understood" || level === "mastered";
}
