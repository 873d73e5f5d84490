import { CanvasWriter } from "../../src/engine/canvas/writer";
import type { CanvasPatch } from "../../src/engine/canvas/patch";
import type { Clock } from "../../src/engine/kernel/clock";
import { silentLogger } from "../../src/engine/kernel/logger";
import { carelessCanvasFiles, meeting, type PlainTexts } from "./carelessCanvasFiles";
import { noLock } from "./noLock";

export interface WriterPair {
  readonly texts: PlainTexts;
  readonly clock: Clock;
  /** Resolves when a writer that is alone has waited long enough for the other. */
  readonly alone: () => Promise<void>;
}

/** Two patches at once on plain texts: both have read before one of them writes, unless a lock keeps the second out. */
export async function writeBoth(
  { texts, clock, alone }: WriterPair,
  lock: "keyed" | "none",
  path: string,
  patches: readonly CanvasPatch[],
): Promise<void> {
  const files = carelessCanvasFiles(texts, meeting(alone));
  const writer = new CanvasWriter({ files, clock, logger: silentLogger, ...(lock === "none" ? { lock: noLock } : {}) });
  await Promise.all(patches.map((patch) => writer.mutate(path, patch)));
}
