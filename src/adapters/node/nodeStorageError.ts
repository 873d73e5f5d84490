import type { StorageFault } from "../../engine/index";
import { StorageError, storageFaultText } from "../../engine/index";

const faults: ReadonlyMap<string, StorageFault> = new Map([
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["EROFS", "denied"],
  ["ENOENT", "gone"],
  ["ENOTDIR", "gone"],
  ["ENODEV", "gone"],
]);

/** What an error of node:fs at `path` means. */
export function nodeStorageError(error: unknown, path: string): StorageError {
  if (error instanceof StorageError) return error;
  const code = errorCode(error);
  const fault = faults.get(code) ?? "other";
  const label = code === "" ? "" : ` (${code})`;
  return new StorageError(fault, `${path} could not be read or kept: ${storageFaultText[fault]}${label}.`);
}

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
