import type { CaptureSettings } from "./schema";

/** What the user lets be captured. */
type Captured = Pick<CaptureSettings, "canvases" | "notes" | "foldersIn" | "foldersOut">;

/**
 * Whether a vault path belongs to what the user lets be captured. Folders that begin with a dot and `node_modules` never do.
 */
export function isCaptured(path: string, capture: Captured): boolean {
  if (!capture.canvases && /\.canvas$/i.test(path)) return false;
  if (!capture.notes && /\.md$/i.test(path)) return false;
  if (path.split("/").some((part) => part.startsWith(".") || part === "node_modules")) return false;
  if (capture.foldersOut.some((folder) => isBelow(path, folder))) return false;
  return capture.foldersIn.length === 0 || capture.foldersIn.some((folder) => isBelow(path, folder));
}

/** A folder as the user may write it (`/Courses/`, ` Courses `) as the vault spells it. The vault itself is "". */
export function cleanFolder(folder: string): string {
  return folder
    .trim()
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")
    .normalize("NFC");
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.normalize("NFC").startsWith(`${folder}/`);
}
