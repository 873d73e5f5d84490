import { link, lstat, rename, rm } from "node:fs/promises";
import { errorCode } from "./nodeStorageError";

/** What file systems answer that have no links, such as exFAT and network shares. */
const noLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Gives a file another name in one step, unless something has that name: then false, and nothing is changed. */
export async function moveToFreeName(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return false;
    if (!noLinks.has(code)) throw error;
    return renameToFreeName(from, to);
  }
  await rm(from);
  return true;
}

// A rename takes the place of what is there, so another program has the moment between the look and the rename to lose a
// file to it. A copy that refuses to would stand half under its name after a crash.
async function renameToFreeName(from: string, to: string): Promise<boolean> {
  try {
    await lstat(to);
    return false;
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  await rename(from, to);
  return true;
}
