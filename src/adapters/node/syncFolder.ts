import { open } from "node:fs/promises";
import { errorCode } from "./nodeStorageError";

/** What file systems answer that cannot do this. */
const unable: ReadonlySet<string> = new Set(["EINVAL", "EISDIR", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM"]);

/** Puts the names of a folder on the disk, without which a new file may be gone after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder, and keeps names by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!unable.has(errorCode(error))) throw error;
  } finally {
    await handle.close();
  }
}
