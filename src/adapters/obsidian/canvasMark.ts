import type { DataAdapter } from "obsidian";
import { MARK_MS, neverAborted, pauseFor, reasonOf, writeMark } from "../../engine/index";
import type { Clock, Logger, WritingSide } from "../../engine/index";

const LOOK_MS = 2;

export interface CanvasMarkParts {
  readonly adapter: Pick<DataAdapter, "write" | "exists" | "remove">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Does work while no headless process writes the same canvas. The vault reads and writes a file in two steps, and what a
 * process wrote between them would be lost. Rejects before the work when the mark cannot be made.
 */
export async function marked<T>({ adapter, clock, logger }: CanvasMarkParts, path: string, work: () => Promise<T>): Promise<T> {
  const own = markOf(path, "app");
  await adapter.write(own, "");
  try {
    const end = clock.monotonic() + MARK_MS;
    while ((await adapter.exists(markOf(path, "process"))) && clock.monotonic() < end) await pauseFor(clock, LOOK_MS, neverAborted);
    return await work();
  } finally {
    await adapter.remove(own).catch((error: unknown) => {
      logger.warn(`A mark beside a canvas could not be removed, so other processes wait ${MARK_MS / 1000} s for it: ${reasonOf(error)}`);
    });
  }
}

function markOf(path: string, side: WritingSide): string {
  const name = path.lastIndexOf("/") + 1;
  return path.slice(0, name) + writeMark(path.slice(name), side);
}
