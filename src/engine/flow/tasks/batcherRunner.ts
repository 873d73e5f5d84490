import type { JsonValue } from "../../kernel/json";
import type { Batcher } from "../../batch/batcher/batcher";
import type { ItemRun, ItemRunner } from "../../tasks/itemRunner";

/** A batcher as tasks know it. */
export function batcherRunner(batcher: Pick<Batcher<ItemRun, JsonValue>, "submitAll" | "metrics">): ItemRunner {
  return {
    submitAll: (runs, options) => batcher.submitAll(runs, options),
    troubleOf: (domain) => batcher.metrics().domains.get(domain)?.trouble?.message ?? null,
  };
}
