import { isJsonObject } from "../../kernel/json";
import type { AlternatingFile } from "../../journal/alternatingFile";

/** Whether a person paused all tasks. Rejects with StorageError. */
export async function readAllPaused(file: AlternatingFile): Promise<boolean> {
  const found = await file.read();
  const value: unknown = found === null ? null : JSON.parse(found.text);
  return isJsonObject(value) && value["allPaused"] === true;
}

/** Rejects with StorageError. */
export function writeAllPaused(file: AlternatingFile, allPaused: boolean): Promise<void> {
  return file.write(JSON.stringify({ allPaused }));
}
