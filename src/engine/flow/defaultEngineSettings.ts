import { noDomainLimits } from "../batch/policy/domainLimits";
import { defaultBatchSettings } from "../batch/policy/settings";
import { defaultMasteryTable } from "../learning/mastery";
import { defaultPropertyNames } from "../learning/watchedProperties";
import type { EngineSettings } from "./engine";

const { failures, firstWaitMs, longestWaitMs } = defaultBatchSettings.breaker;
const { adaptive, ageingMs, batchSize, concurrency, lingerMs, queueEvents, retry, targetLatencyMs } = defaultBatchSettings;

/** What the engine does when nobody has said anything else. */
export const defaultEngineSettings: EngineSettings = {
  masteryTable: defaultMasteryTable,
  propertyNames: defaultPropertyNames,
  concurrency,
  batchSize,
  lingerMs,
  queueEvents,
  adaptive,
  targetLatencyMs,
  ageingMs,
  retry,
  breaker: { failures, firstWaitMs, longestWaitMs },
  records: true,
  domainLimits: noDomainLimits,
  workers: { min: 1, max: 10 },
  journalLimitBytes: null,
  savedTemplates: {},
};
