import { StorageError } from "./port";

/** What was thrown, as the error that callers of the journal are promised. */
export function asStorageError(error: unknown): StorageError {
  return error instanceof StorageError ? error : new StorageError("other", String(error));
}
