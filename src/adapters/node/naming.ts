import { errorCode, nodeStorageError } from "./nodeStorageError";

const full: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** Does something with a file, and says which one where the disk is full: the system's own error names at most a temporary one. */
export async function naming<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw full.has(errorCode(error)) ? nodeStorageError(error, file) : error;
  }
}
