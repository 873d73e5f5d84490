import type { EngineSettings } from "../engine/index";
import type { Settings } from "./schema";

/** Workers of tasks at most, where nobody has said how many. */
const mostWorkers = { phone: 4, computer: 10 } as const;

const BYTES_PER_MB = 1_000_000;

/** What kind of machine this is. */
export type DeviceKind = keyof typeof mostWorkers;

/** The part of the settings that the engine acts upon. */
export function engineSettings(settings: Settings, device: DeviceKind = "computer"): EngineSettings {
  const { journalLimitMb, workersMax, workersMin, ...work } = settings.engine;
  const { retryAttempts, retryBaseMs, retryMostMs, breakerFailures, breakerFirstMs, breakerMostMs } = work;
  const { concurrency, batchSize, lingerMs, adaptive, targetLatencyMs, queueEvents, ageingMs, domainLimits } = work;
  const { masteryTable, properties, records } = settings.capture;
  const most = workersMax === 0 ? mostWorkers[device] : workersMax;
  return {
    masteryTable,
    propertyNames: properties,
    concurrency,
    batchSize,
    lingerMs,
    adaptive,
    targetLatencyMs,
    queueEvents,
    ageingMs,
    retry: { attempts: retryAttempts, baseMs: retryBaseMs, mostMs: retryMostMs },
    breaker: { failures: breakerFailures, firstWaitMs: breakerFirstMs, longestWaitMs: breakerMostMs },
    records,
    domainLimits,
    workers: { min: workersMin, max: Math.max(workersMin, most) },
    savedTemplates: settings.templates.saved,
    journalLimitBytes: journalLimitMb === 0 ? null : journalLimitMb * BYTES_PER_MB,
  };
}

/** What, when it changes, makes a new look at the whole vault necessary. */
export function captureKey({ capture }: Settings): string {
  return JSON.stringify([capture.canvases, capture.notes, capture.foldersIn, capture.foldersOut, capture.properties]);
}
