import { Breath } from "../../kernel/breath";
import type { Clock } from "../../kernel/clock";
import type { JsonValue } from "../../kernel/json";
import type { ItemResult } from "../itemResult";
import { LastLines } from "./lastLine";
import type { ResultSummary } from "./summary";
import { SummaryTally } from "./summaryTally";

export interface AggregateOptions {
  readonly clock: Clock;
  /** Whether the value of a done item has the shape that its kind promises. Any value does where nothing is said. */
  readonly isValid?: (value: JsonValue) => boolean;
}

/**
 * Reads the lines of a task, oldest first, and says what they come to. It keeps a few numbers for each item and no
 * value, and lets the host do its own work in between. Rejects as `results` does.
 */
export async function aggregate(results: AsyncIterable<ItemResult>, options: AggregateOptions): Promise<ResultSummary> {
  const breath = new Breath(options.clock);
  const last = new LastLines(options.isValid ?? (() => true));
  for await (const line of results) {
    last.add(line);
    await breath.take();
  }
  const tally = new SummaryTally();
  for (const line of last.values()) {
    tally.add(line);
    await breath.take();
  }
  return tally.summary(last.lines, last.samples);
}
