import { createHash, randomBytes } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { makeJson } from "./makeJson";
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

/** The id of this machine for a vault, by the vault's real path; minted at the first call, also of several processes. */
export async function deviceFor(vault: string, file: string): Promise<string> {
  const path = await realpath(vault);
  const known = await readDevices(file);
  const id = known.get(path);
  if (id !== undefined) return id;
  const claimed = await claimDevice(path, file);
  // Another process may write the list at the same moment, and one entry is lost: the next start adds it again.
  await replaceJson(file, Object.fromEntries([...(await readDevices(file)), [path, claimed]]));
  return claimed;
}

/** The id of this machine for a vault, or null when it never wrote there. Makes nothing. */
export async function knownDevice(vault: string, file: string): Promise<string | null> {
  const path = await realpath(vault);
  return (await readDevices(file)).get(path) ?? (await readClaim(claimFile(path, file)));
}

/**
 * The list cannot be changed by one process at a time, so what decides is a file of each vault, which is made once and
 * stays: whoever comes second finds the id of the first.
 */
async function claimDevice(path: string, file: string): Promise<string> {
  const claim = claimFile(path, file);
  const device = randomBytes(8).toString("hex");
  if (await makeJson(claim, { vault: path, device })) return device;
  const theirs = await readClaim(claim);
  if (theirs === null) throw new Error(`${claim} is not valid JSON. Remove it, and start again.`);
  return theirs;
}

async function readClaim(claim: string): Promise<string | null> {
  const value = parsed((await readFile(claim, "utf8").catch(missing)) ?? "");
  const device: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "device") : null;
  return isDeviceId(device) ? device : null;
}

function claimFile(path: string, file: string): string {
  return join(dirname(file), "devices", `${createHash("sha256").update(path).digest("hex").slice(0, 32)}.json`);
}

async function readDevices(file: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(file, "utf8").catch(missing);
  if (text === null) return new Map();
  const value = parsed(text);
  if (value === undefined) throw new Error(`${file} is not valid JSON. Repair it, or remove it.`);
  const pairs = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return new Map(pairs.filter((pair): pair is [string, string] => isDeviceId(pair[1])));
}

/** Null for a file that is not there. */
function missing(error: unknown): null {
  if (errorCode(error) === "ENOENT") return null;
  throw error;
}

/** Undefined when the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
