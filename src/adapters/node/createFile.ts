import { randomUUID } from "node:crypto";
import { link, open, rm } from "node:fs/promises";
import { errorCode } from "./nodeStorageError";

/**
 * Makes the file, whole or not at all, unless there is one: then false. Also among several processes. Its folder must be
 * there.
 */
export async function createFile(file: string, text: string): Promise<boolean> {
  const fresh = `${file}.${randomUUID()}.tmp`;
  try {
    await writeSynced(fresh, text);
    await linkOrWrite(fresh, file, text);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Writes a file whose bytes are on the disk when this resolves. */
export async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(text, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// Some file systems (exFAT, network shares) have no links. There the file may be seen before it has its text.
async function linkOrWrite(fresh: string, file: string, text: string): Promise<void> {
  try {
    await link(fresh, file);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(errorCode(error))) throw error;
    const handle = await open(file, "wx");
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } catch (failed) {
      await rm(file, { force: true });
      throw failed;
    } finally {
      await handle.close();
    }
  }
}
