import { StorageError } from "../../journal/port";
import { TaskFailure } from "../../tasks/taskFailure";

/**
 * Does the work of an item. That this device cannot keep something is no fault of the item: it is tried again, as when
 * a store is away.
 */
export async function storageAsAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) throw new TaskFailure("unavailable", `storage-${error.fault}`, error.message);
    throw error;
  }
}
