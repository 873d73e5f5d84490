import { direction } from "./levelChange";
import type { EventLedger } from "./eventLedger";
import { dayAfter, type LocalDays } from "./localDays";
import type { CanvasMovement, DayOfLearning, LevelFigures, Movement } from "./recall";

export interface MovementParts {
  readonly ledger: Pick<EventLedger, "changes">;
  readonly days: LocalDays;
  /** Epoch ms. */
  readonly now: number;
  /** The path of a canvas, and whether it is still there. Null where the graph does not know it. */
  readonly canvasOf: (id: string) => { readonly path: string; readonly live: boolean } | null;
}

type Figures = Record<keyof LevelFigures, number>;
type Moves = { changes: number; up: number; down: number };

/** Counts of `count` days, of one canvas (by its id) or of everything. */
export function movement({ canvasOf, days, ledger, now }: MovementParts, count: number, shown: number, only: string | null): Omit<Movement, "complete"> {
  const today = days.dayOf(now);
  const names = Array.from({ length: count }, (_, index) => dayAfter(today, index - count + 1));
  const starts = names.map((name) => days.startOf(name));
  const end = days.startOf(dayAfter(today, 1));
  const figures = names.map(noFigures);
  const moves = new Map<string, Moves>();
  for (const { at, canvas, change } of ledger.changes(starts[0] ?? end, end)) {
    if (only !== null && canvas !== only) continue;
    const day = figures[lastUpTo(starts, at)];
    if (day !== undefined) day[change.to ?? "none"] += 1;
    if (canvas === null) continue;
    const move = moves.get(canvas) ?? { changes: 0, up: 0, down: 0 };
    move.changes += 1;
    const way = direction(change);
    if (way !== "aside") move[way] += 1;
    moves.set(canvas, move);
  }
  return {
    days: names.map((day, index) => dayOfLearning(day, figures[index] ?? noFigures())),
    canvases: mostMoved(moves, canvasOf).slice(0, shown),
    moved: moves.size,
  };
}

function mostMoved(moves: ReadonlyMap<string, Moves>, canvasOf: MovementParts["canvasOf"]): readonly CanvasMovement[] {
  const canvases = [...moves].map(([id, move]) => {
    const { live, path } = canvasOf(id) ?? { path: id, live: false };
    return { path, live, ...move };
  });
  return canvases.sort((a, b) => b.changes - a.changes || (a.path < b.path ? -1 : 1));
}

function dayOfLearning(day: string, levels: Figures): DayOfLearning {
  return { day, levels, total: Object.values(levels).reduce((sum, count) => sum + count, 0) };
}

function noFigures(): Figures {
  return { not_understood: 0, learning: 0, understood: 0, mastered: 0, none: 0 };
}

/** Index of the last start that is not after `at`. */
function lastUpTo(starts: readonly number[], at: number): number {
  let index = starts.length - 1;
  while (index > 0 && (starts[index] ?? 0) > at) index -= 1;
  return index;
}
