import { normalizePath } from "obsidian";
import type { App } from "obsidian";

/** Characters that one append writes at most. */
const PART = 1_000_000;

/** Writes text into a new file at the top of the vault. Resolves with its path; an existing file is never touched. */
export async function writeBackup(app: App, day: Date, chunks: AsyncIterable<string>): Promise<string> {
  const file = await app.vault.create(freePath(app, day), "");
  let part = "";
  for await (const chunk of chunks) {
    part += chunk;
    if (part.length < PART) continue;
    await app.vault.append(file, part);
    part = "";
  }
  if (part !== "") await app.vault.append(file, part);
  return file.path;
}

function freePath(app: App, day: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  for (let copy = 1; ; copy += 1) {
    const path = normalizePath(`Canvas Engram backup ${date}${copy === 1 ? "" : ` ${copy}`}.ndjson`);
    if (app.vault.getAbstractFileByPath(path) === null) return path;
  }
}
