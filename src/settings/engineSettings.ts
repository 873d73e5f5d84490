import type { EngineSettings } from "../engine/index";
import type { Settings } from "./schema";

/** The part of the settings that the engine acts upon. */
export function engineSettings(settings: Settings): EngineSettings {
  const { concurrency, batchSize, lingerMs } = settings.engine;
  const { masteryTable, properties } = settings.capture;
  return { masteryTable, propertyNames: properties, concurrency, batchSize, lingerMs };
}

/** What, when it changes, makes a new look at the whole vault necessary. */
export function captureKey({ capture }: Settings): string {
  return JSON.stringify([capture.foldersIn, capture.foldersOut, capture.properties]);
}
