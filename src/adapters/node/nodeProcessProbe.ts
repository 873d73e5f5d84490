import { hostname } from "node:os";
import { errorCode } from "./nodeStorageError";

/** What the lock needs to know about processes of this machine. */
export const nodeProcessProbe = { pid: process.pid, host: hostname(), isAlive };

function isAlive(pid: number | null): boolean {
  if (pid === null) return true;
  // Signal 0 and below zero address groups of processes, not one.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and belongs to somebody else.
    return errorCode(error) !== "ESRCH";
  }
}
