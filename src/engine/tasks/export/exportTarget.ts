import type { ExportTarget } from "./exportFiles";

/** Thrown where a target would lead out of the vault, into a hidden folder, or has no name that every system takes. */
export class ExportTargetRefused extends Error {
  override readonly name = "ExportTargetRefused";

  constructor(readonly reason: string) {
    super(`nothing can be exported there: ${reason}`);
  }
}

/** The target with a clean folder. Throws ExportTargetRefused. */
export function requireExportTarget(target: ExportTarget): ExportTarget {
  const reason = folderRefusal(target.folder) ?? nameRefusal(target);
  if (reason !== null) throw new ExportTargetRefused(reason);
  return { ...target, folder: partsOf(target.folder).join("/") };
}

/** Why nothing can be written into a folder, as the end of a sentence; null when it is a folder of the vault. */
export function folderRefusal(folder: string): string | null {
  const parts = partsOf(folder);
  if (/\p{Cc}/u.test(folder)) return "the folder holds a control character";
  if (folder.includes("\\")) return "the folder holds a backslash";
  if (folder.startsWith("/")) return "the folder is absolute";
  // A drive letter, or on Windows a second stream of a file.
  if (folder.includes(":")) return "the folder holds a colon";
  // Windows drops dots and spaces at the end of a name, so ".. " would be "..".
  if (parts.some((part) => /^[. ]+$/.test(part))) return "the folder leads out of the vault";
  if (parts.some((part) => part.startsWith("."))) return "the folder is a hidden one";
  if (parts.includes("node_modules")) return "node_modules is no part of the vault";
  return null;
}

/** The file's name. With `copy` 2 and up another one for the same target, for when the first is taken. */
export function fileName({ name, key, extension }: ExportTarget, copy: number): string {
  return `${name}${copy === 1 ? "" : ` (${copy})`} ${key}.${extension}`;
}

/** Whether a file of the target's folder is a whole one of its key, whatever the day in its name. */
export function isFileOf({ key, extension }: ExportTarget, file: string): boolean {
  return file.endsWith(` ${key}.${extension}`);
}

/** The name of the file while it is not whole. */
export function unfinishedName({ key }: ExportTarget): string {
  return `export ${key}.part`;
}

export function pathIn(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function nameRefusal({ name, key, extension }: ExportTarget): string | null {
  if (!/^[A-Za-z0-9]+$/.test(key)) return "the key holds other characters than letters and digits";
  if (!/^[a-z0-9]+$/.test(extension)) return "the ending holds other characters than letters and digits";
  if (name.length === 0 || name.length > 100) return "the name is empty or longer than 100 characters";
  return /^\.|[\\/:*?"<>|#^[\]\p{Cc}]/u.test(name) ? "the name holds a character that some systems refuse" : null;
}

function partsOf(folder: string): readonly string[] {
  return folder.split("/").filter((part) => part !== "" && part !== ".");
}
