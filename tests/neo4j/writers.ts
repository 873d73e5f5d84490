import { neverAborted } from "../../src/engine/index";
import type { GraphStore, StoreBatch, StoreFailure } from "../../src/engine/index";

/**
 * Writes all batches, so many at a time, each one until it is stored. Gives the failures met on the way.
 * `afterFailure` is awaited before a batch is sent again.
 */
export async function writeAll(
  store: GraphStore,
  batches: readonly StoreBatch[],
  writers: number,
  afterFailure: (failure: StoreFailure) => Promise<void> = async () => undefined,
): Promise<readonly StoreFailure[]> {
  const failures: StoreFailure[] = [];
  const queue = [...batches];

  async function work(): Promise<void> {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await store.write(batch, neverAborted);
        if (outcome.kind === "stored") break;
        failures.push(outcome);
        if (attempt === 40) throw new Error(`still not stored: ${outcome.code} ${outcome.message}`);
        await afterFailure(outcome);
      }
    }
  }

  await Promise.all(Array.from({ length: writers }, work));
  return failures;
}
