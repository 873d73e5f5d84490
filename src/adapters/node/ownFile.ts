import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { errorCode } from "./nodeStorageError";

/**
 * The file that a vault path names, or null where it is no file of the vault: hidden, or behind a link. Links are not
 * followed anywhere: one that leads out would bring foreign files into the journal, and what one inside the vault leads
 * to has a path of its own, under which its changes are told. Rejects as node:fs does, also when there is no file.
 */
export async function ownFile(root: string, path: string): Promise<string | null> {
  if (isHidden(path)) return null;
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
    return spelling(relative(realRoot, real).split(sep).join("/")) === spelling(path) ? real : null;
  } catch (error) {
    // A link that leads in a circle.
    if (errorCode(error) === "ELOOP") return null;
    throw error;
  }
}

/** Whether a vault path, or a folder above it, has a name that is never looked at. */
export function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "node_modules");
}

// The file system may know a name in another case, or with its accents spelled otherwise.
function spelling(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
