import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a JSON file anew, making its folder as needed. A crash leaves the old file or the new one, never half of it. */
export async function replaceJson(file: string, value: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${randomUUID()}.tmp`;
  await writeFile(fresh, jsonText(value), "utf8");
  await rename(fresh, file);
}

export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
