import { open, readFile, rm, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { MARK_MS } from "../../engine/index";
import { errorCode } from "./nodeStorageError";

const LOOK_MS = 2;

let turns = 0;

/**
 * Does work while no other process of ours does work under the same lock file. A process that died in its turn is waited
 * for, then its turn is over. Programs that know nothing of the file are not kept out.
 */
export async function inTurn<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const holder = `${process.pid}.${(turns += 1)}`;
  while (!(await take(lock, holder))) {
    if (await isDead(lock)) await bury(lock);
    else await setTimeout(LOOK_MS);
  }
  try {
    return await work();
  } finally {
    // Whoever slept through its turn would take away the lock of the next one.
    if ((await holderOf(lock)) === holder) await rm(lock, { force: true });
  }
}

async function take(lock: string, holder: string): Promise<boolean> {
  try {
    const file = await open(lock, "wx");
    try {
      await file.writeFile(holder);
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

// Two that find the same dead lock would both remove one, and the second one's is the lock of the first by then.
function bury(lock: string): Promise<void> {
  return inTurn(`${lock}.dead`, async () => {
    if (await isDead(lock)) await rm(lock, { force: true });
  });
}

/** Whether somebody is in a turn under this file now. */
export async function isTaken(lock: string): Promise<boolean> {
  const age = await ageOf(lock);
  return age !== null && age <= MARK_MS;
}

async function isDead(lock: string): Promise<boolean> {
  const age = await ageOf(lock);
  return age !== null && age > MARK_MS;
}

async function ageOf(lock: string): Promise<number | null> {
  const found = await unlessGone(stat(lock));
  return found === null ? null : Date.now() - found.mtimeMs;
}

function holderOf(lock: string): Promise<string | null> {
  return unlessGone(readFile(lock, "utf8"));
}

async function unlessGone<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}
