import type { RunningParts } from "./runningEngine";

/** Milliseconds in which a task's item may come to its end by itself. One that is asked to end runs again at the next start. */
const ITEM_MS = 500;

/**
 * Takes no more work, waits for what is under way as long as the deadline (milliseconds) allows, and keeps what can be
 * kept. Afterwards nothing is planned and nothing is written any more, also where the store could not be let go.
 */
export async function endEngine(parts: RunningParts, deadlineMs: number): Promise<void> {
  const { checkpoints, clock, delivery, fold, foreignWatch, live, recovery, scan, storage, taskWork, tower, work } = parts;
  const until = clock.monotonic() + deadlineMs;
  scan.stop();
  // Before anything else stops: an item that finds the engine stopped would have failed.
  await taskWork.stop(Math.min(ITEM_MS, deadlineMs / 2)).catch((error: unknown) => tower.trouble("tasks did not stop well; the next start sorts them out", error));
  live.end();
  recovery.end();
  foreignWatch.end();
  await work.end(Math.max(0, until - clock.monotonic()));
  await storage.journal.idle();
  try {
    await delivery.stop(Math.max(0, until - clock.monotonic()));
  } finally {
    fold.end();
    await checkpoints.flush();
    checkpoints.end();
    tower.end();
  }
}
