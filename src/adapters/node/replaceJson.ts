import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeSynced } from "./createFile";
import { makeFolder } from "./makeFolder";
import { naming } from "./naming";
import { syncFolder } from "./syncFolder";

/**
 * Writes a JSON file anew, making its folder as needed. A crash or a power cut leaves the old file or the new one, never
 * half of it; once this resolved, the new one.
 */
export function replaceJson(file: string, value: object): Promise<void> {
  return naming(file, replace(file, value));
}

async function replace(file: string, value: object): Promise<void> {
  await makeFolder(dirname(file));
  const fresh = `${file}.${randomUUID()}.tmp`;
  try {
    await writeSynced(fresh, jsonText(value));
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
