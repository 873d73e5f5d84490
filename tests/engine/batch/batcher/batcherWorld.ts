import { expect } from "vitest";
import { Batcher, type BatcherParts } from "../../../../src/engine/batch/batcher/batcher";
import { defaultBatcherSettings, type BatcherSettings } from "../../../../src/engine/batch/batcher/batcherSettings";
import type { DeadItem } from "../../../../src/engine/batch/batcher/deadItem";
import type { Logger } from "../../../../src/engine/index";
import { ManualClock } from "../../../fakes/manualClock";
import { ScriptedSink } from "../../../fakes/scriptedSink";
import { seededRandom } from "../../../fakes/seededRandom";

export interface BatcherWorld {
  readonly batcher: Batcher<string, string>;
  readonly clock: ManualClock;
  readonly sink: ScriptedSink<string>;
  readonly dead: DeadItem<string>[];
  /** What was logged as an error. */
  readonly errors: string[];
}

/** A batcher that runs, without linger and without adapting unless it is said. */
export function batcherWorld(
  settings: Partial<BatcherSettings> = {},
  parts: Partial<BatcherParts<string, string>> = {},
): BatcherWorld {
  const clock = new ManualClock();
  const sink = new ScriptedSink<string>();
  const errors: string[] = [];
  const logger: Logger = { debug: () => undefined, warn: () => undefined, error: (message) => void errors.push(message) };
  const own = { ...defaultBatcherSettings, lingerMs: 0, adaptive: false, ...settings };
  const batcher = new Batcher<string, string>({ clock, random: seededRandom(), logger, sink, settings: own, ...parts });
  const dead: DeadItem<string>[] = [];
  batcher.onDead((item) => dead.push(item));
  batcher.start();
  return { batcher, clock, sink, dead, errors };
}

/** Every item that was accepted is counted in exactly one place. */
export function expectIdentity<T, R>(batcher: Batcher<T, R>): void {
  const { accepted, stored, deferred, dead, waiting, inFlight, cancelled } = batcher.metrics().counts;
  expect(accepted).toBe(stored + deferred + dead + waiting + inFlight + cancelled);
  expect(Math.min(stored, deferred, dead, waiting, inFlight, cancelled)).toBeGreaterThanOrEqual(0);
}
