import { open, rm, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { errorCode } from "./nodeStorageError";

/** What is done in a turn takes a few milliseconds: whoever has kept it for this long is dead. */
const DEAD_MS = 10_000;

const LOOK_MS = 2;

/**
 * Does work while no other process of ours does work under the same lock file. A process that died in its turn is waited
 * for, then its turn is over. Programs that know nothing of the file are not kept out.
 */
export async function inTurn<T>(lock: string, work: () => Promise<T>): Promise<T> {
  while (!(await take(lock))) {
    if (await isDead(lock)) await rm(lock, { force: true });
    else await setTimeout(LOOK_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, "wx")).close();
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function isDead(lock: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(lock)).mtimeMs > DEAD_MS;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
