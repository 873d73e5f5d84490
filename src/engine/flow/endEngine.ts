import type { RunningParts } from "./runningEngine";

/**
 * Takes no more work, waits for what is under way as long as the deadline (milliseconds) allows, and keeps what can be
 * kept. Afterwards nothing is planned and nothing is written any more, also where the store could not be let go.
 */
export async function endEngine(parts: RunningParts, deadlineMs: number): Promise<void> {
  const { checkpoints, clock, delivery, fold, foreignWatch, live, recovery, scan, storage, tower, work } = parts;
  const until = clock.monotonic() + deadlineMs;
  scan.stop();
  live.end();
  recovery.end();
  foreignWatch.end();
  await work.end(deadlineMs);
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
