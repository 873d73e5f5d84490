import { join } from "node:path";
import { StorageError } from "../../engine/index";

/** The place of a path of the data folder below `root`. Refuses whatever could lead out of it. */
export function pathBelow(root: string, path: string): string {
  if (path === "") return root;
  const leadsOut = path.split("/").some((part) => part === "" || part === "." || part === "..");
  if (leadsOut || /[\0\\:]/.test(path)) throw new StorageError("denied", "a path that leads out of the data folder was refused");
  return join(root, path);
}
