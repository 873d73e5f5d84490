import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { StorageError } from "../../engine/index";
import { errorCode } from "./nodeStorageError";
import { ownFile } from "./ownFile";
import { syncFolder } from "./syncFolder";

/**
 * The place of a folder of the vault, made with those above it where it is not there. The vault itself is never made.
 * Each step is looked at before the next one is made, because a link on the way would put what we write elsewhere.
 */
export async function ownFolder(root: string, folder: string): Promise<string> {
  if (folder === "") return realpath(root);
  const there = await placeOf(root, folder);
  if (there !== null) return there;
  const slash = folder.lastIndexOf("/");
  const parent = await ownFolder(root, folder.slice(0, Math.max(0, slash)));
  await make(join(parent, folder.slice(slash + 1)));
  await syncFolder(parent);
  const made = await placeOf(root, folder);
  // What is there under this name leads nowhere.
  if (made === null) throw refused(folder);
  return made;
}

async function placeOf(root: string, folder: string): Promise<string | null> {
  try {
    const place = await ownFile(root, folder);
    if (place === null) throw refused(folder);
    return place;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

function refused(folder: string): StorageError {
  return new StorageError("denied", `${folder} is a link or lies behind one. Choose a folder that is in the vault itself.`);
}
