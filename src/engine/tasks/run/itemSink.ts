import type { JsonValue } from "../../kernel/json";
import type { BatchSink } from "../../batch/batcher/sink";
import type { ItemRun } from "../itemRunner";

/** Where a batcher of tasks' items sends its batches: each item runs itself, and answers for itself. */
export const itemSink: BatchSink<ItemRun, JsonValue> = {
  write: (items, { signal }) => Promise.all(items.map((item) => item.run(signal))),
};
