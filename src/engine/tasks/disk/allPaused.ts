import { isJsonObject } from "../../kernel/json";
import type { Logger } from "../../kernel/logger";
import type { AlternatingFile } from "../../journal/alternatingFile";

/** Whether a person paused all tasks; where that cannot be read any more they go on, and the log says so. Rejects with StorageError. */
export async function readAllPaused(file: AlternatingFile, logger: Pick<Logger, "error">): Promise<boolean> {
  const found = await file.read();
  if (found === null && (await file.isDamaged())) {
    logger.error("Whether all tasks were paused cannot be read any more: its file is damaged. They go on; pause them again if they should not.");
  }
  const value: unknown = found === null ? null : JSON.parse(found.text);
  return isJsonObject(value) && value["allPaused"] === true;
}

/** Rejects with StorageError. */
export function writeAllPaused(file: AlternatingFile, allPaused: boolean): Promise<void> {
  return file.write(JSON.stringify({ allPaused }));
}
