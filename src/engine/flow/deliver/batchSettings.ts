import { limitOf } from "../../batch/policy/domainLimits";
import { checkBatchSettings, defaultBatchSettings, type BatchSettings } from "../../batch/policy/settings";
import type { EngineSettings } from "../engine";
import { STORE } from "./delivery";

/** The part of the settings that is about sending, with what a person allows the store at most. Throws a RangeError. */
export function batchSettings(settings: EngineSettings): BatchSettings {
  const { adaptive, ageingMs, batchSize, concurrency, domainLimits, lingerMs, queueEvents, retry, targetLatencyMs } = settings;
  const limit = limitOf(domainLimits, STORE);
  const rps = limit?.rps ?? null;
  return checkBatchSettings({
    ...defaultBatchSettings,
    adaptive,
    ageingMs,
    batchSize,
    concurrency: Math.min(concurrency, limit?.concurrency ?? concurrency),
    lingerMs,
    queueEvents,
    targetLatencyMs,
    retry,
    breaker: { ...defaultBatchSettings.breaker, ...settings.breaker },
    rate: limit === null || rps === null ? null : { rps, burst: limit.burst },
  });
}
