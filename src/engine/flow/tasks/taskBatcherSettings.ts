import { defaultBatcherSettings, type BatcherSettings } from "../../batch/batcher/batcherSettings";
import type { EngineSettings } from "../engine";

/** The longest that the batcher lets anything take, in milliseconds: a rebuild of a large vault is one item. */
const LONGEST_MS = 3_600_000;
/** The slowest write that counts as fast: how long an item takes says nothing of how many may run at once. */
const ANY_LATENCY_MS = 600_000;

/** Items of tasks run by themselves: one in a batch, and no waiting for company. */
export function taskBatcherSettings({ ageingMs, domainLimits, workers }: EngineSettings): BatcherSettings {
  return {
    ...defaultBatcherSettings,
    batchSize: 1,
    lingerMs: 0,
    perKey: 1,
    adaptive: false,
    concurrency: workers.max,
    leastConcurrency: workers.min,
    ageingMs,
    batchTimeoutMs: LONGEST_MS,
    targetLatencyMs: ANY_LATENCY_MS,
    domains: domainLimits,
  };
}
