import { randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeJson } from "./makeJson";
import { errorCode } from "./nodeStorageError";
import { replaceJson } from "./replaceJson";

/** Where Obsidian and the headless host keep the plugin's files of a vault. */
export function pluginFolder(vault: string): string {
  return join(vault, ".obsidian", "plugins", "canvas-engram");
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** What the plugin keeps of a vault: its settings as they are written; empty when there is nothing yet. */
export function readPluginData(vault: string): Promise<Readonly<Record<string, unknown>>> {
  return readData(dataFile(vault));
}

/** The vault's UUID as the plugin's data has it; null when nothing was minted yet. */
export async function readVaultId(vault: string): Promise<string | null> {
  const data = await readPluginData(vault);
  const id = data["vault"];
  return typeof id === "string" && id !== "" ? id : null;
}

/**
 * The vault's UUID. Where the plugin's data has none it is the one that `journaled` tells, so that a lost file does not
 * part a vault from its history, and a new one where that is null. Everything else in the data stays. Where there is no
 * data yet, one of several processes mints; where there is, one at a time may call this.
 */
export async function mintVaultId(vault: string, journaled: () => Promise<string | null>): Promise<string> {
  const known = await readVaultId(vault);
  if (known !== null) return known;
  const file = dataFile(vault);
  const minted = (await journaled()) ?? randomUUID();
  if (await makeJson(file, { vault: minted })) return minted;
  const rival = await readVaultId(vault);
  if (rival !== null) return rival;
  await replaceJson(file, { ...(await readData(file)), vault: minted });
  // Obsidian asks nobody before it writes this file: what stands there now is what everybody goes by.
  return (await readVaultId(vault)) ?? minted;
}

function dataFile(vault: string): string {
  return join(pluginFolder(vault), "data.json");
}

async function readData(file: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return {};
    throw error;
  }
  const value = parsed(text);
  // Writing over a file that cannot be read would lose the vault's identity, and with it the link to its history.
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${file} is not valid JSON. Repair it, or restore it from a backup; removing it loses the settings.`);
  }
  return value as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
