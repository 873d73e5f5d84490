import { noDomainLimits } from "../batch/policy/domainLimits";
import { defaultBatchSettings } from "../batch/policy/settings";
import { defaultMasteryTable } from "../learning/mastery";
import { defaultPropertyNames } from "../learning/watchedProperties";
import type { EngineSettings } from "./engine";

const { adaptive, ageingMs, batchSize, concurrency, lingerMs, queueEvents, targetLatencyMs } = defaultBatchSettings;

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
  domainLimits: noDomainLimits,
  workers: { min: 1, max: 10 },
  journalLimitBytes: null,
  savedTemplates: {},
};
