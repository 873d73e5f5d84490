import type { JsonValue } from "../../kernel/json";
import type { Batcher } from "../../batch/batcher/batcher";
import type { ItemRun, ItemRunner } from "../../tasks/itemRunner";

/** Lets a batcher decide when the items of tasks run. */
export function batcherRunner(batcher: Pick<Batcher<ItemRun, JsonValue>, "submitAll">): ItemRunner {
  return {
    submit: async (run, options) => {
      const [end] = await batcher.submitAll([run], options);
      return end ?? { kind: "refused", reason: "stopped" };
    },
  };
}
