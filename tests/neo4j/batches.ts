import type { StoreBatch } from "../../src/engine/index";
import { batchOf, canvasRow, conceptRow, edgeRow, eventRow, hlc, nodeRow, noteRow } from "../contracts/graphRows";

export interface JournalShape {
  readonly canvases: number;
  readonly batchesPerCanvas: number;
  readonly eventsPerBatch: number;
}

/**
 * Batches as a journal would give them: each holds the events of one stretch of one canvas, with the whole rows of that
 * time, so that later batches carry greater clocks for the same entities. Notes and concepts are shared.
 */
export function journalBatches(
  vault: string,
  { canvases, batchesPerCanvas, eventsPerBatch }: JournalShape,
): readonly StoreBatch[] {
  return Array.from({ length: canvases * batchesPerCanvas }, (_, index) => {
    const canvas = `${vault}/c${index % canvases}`;
    const round = Math.floor(index / canvases);
    const clock = (step: number): string => hlc(1_750_000_000_000 + round * 1_000 + step, index % canvases);
    const steps = Array.from({ length: eventsPerBatch }, (__, step) => step);
    const touched = steps.map((step) => (step * 7 + round) % (eventsPerBatch * 2));
    const last = clock(eventsPerBatch);
    return batchOf(vault, {
      canvases: [canvasRow(vault, canvas, { title: `round ${round}`, hlc: last })],
      nodes: touched.map((id, step) =>
        nodeRow(vault, canvas, `n${id}`, { text: `round ${round}`, x: round, hlc: clock(step) }),
      ),
      edges: touched.map((id, step) =>
        edgeRow(vault, canvas, `e${id}`, [`n${id}`, `n${id + 1}`], { label: `${round}`, hlc: clock(step) }),
      ),
      notes: [noteRow(vault, `note ${index % 3}.md`, { score: index, hlc: last })],
      concepts: [conceptRow(vault, `concept ${index % 2}`, { score: index, hlc: last })],
      events: touched.map((id, step) =>
        eventRow(vault, `${canvas}/${round}/${step}`, `${canvas}#n${id}`, {
          canvas,
          at: 1_750_000_000_000 + step,
          hlc: clock(step),
        }),
      ),
    });
  });
}

/** The same items in another order, always the same one for the same seed. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
