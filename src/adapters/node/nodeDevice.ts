import { randomBytes } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { errorCode } from "./nodeStorageError";
import { replaceJson } from "./replaceJson";
import { isDeviceId } from "../../engine/index";

/** Variables of the process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `$XDG_STATE_HOME/canvas-engram/devices.json`: which device this machine is for which vault folder. Never synced. */
export function devicesFile(environment: Environment): string {
  const state = environment["XDG_STATE_HOME"];
  const home = state !== undefined && state !== "" ? state : join(homedir(), ".local", "state");
  return join(home, "canvas-engram", "devices.json");
}

/** The id of this machine for a vault, by the vault's real path; minted at the first call. */
export async function deviceFor(vault: string, file: string): Promise<string> {
  const key = await realpath(vault);
  const known = await readDevices(file);
  const id = known.get(key);
  if (id !== undefined) return id;
  const minted = randomBytes(8).toString("hex");
  await replaceJson(file, Object.fromEntries([...known, [key, minted]]));
  return minted;
}

/** The id of this machine for a vault, or null when it never wrote there. Makes nothing. */
export async function knownDevice(vault: string, file: string): Promise<string | null> {
  return (await readDevices(file)).get(await realpath(vault)) ?? null;
}

async function readDevices(file: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Map();
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    const pairs = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return new Map(pairs.filter((pair): pair is [string, string] => isDeviceId(pair[1])));
  } catch {
    throw new Error(`${file} is not valid JSON. Repair it, or remove it to start as a new device.`);
  }
}
