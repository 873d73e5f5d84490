import type { Engine } from "../engine/index";

/**
 * Waits until the store has everything, and gives up when it has taken nothing for `limitMs`: a slow store with much to
 * take is no store that is away. True when nothing is pending.
 */
export async function drainWhileItMoves(engine: Pick<Engine, "drain" | "onSignal">, limitMs: number): Promise<boolean> {
  let movedAt: number | null = null;
  const silence = engine.onSignal((signal) => {
    if (signal.kind === "batch" && signal.stored + signal.failed > 0) movedAt = performance.now();
  });
  const untilQuiet = async (ms: number): Promise<boolean> => {
    if (await engine.drain(ms)) return true;
    // A wait in which nothing moved was the whole limit, or there is nothing to wait for before a person acts.
    if (movedAt === null) return false;
    const left = movedAt + limitMs - performance.now();
    movedAt = null;
    return left > 0 && untilQuiet(left);
  };
  try {
    return await untilQuiet(limitMs);
  } finally {
    silence();
  }
}
